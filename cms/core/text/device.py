"""Which browser on which system: what people recognise of the line a browser sends about itself."""

BROWSERS = (  # The first that is named counts: nearly all call themselves Chrome and Safari too.
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("YaBrowser", "Yandex Browser"),
    ("FxiOS", "Firefox"),
    ("Firefox", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
LONGEST = 60


def device_of(user_agent: str) -> str:
    """Return "Firefox · Android"; for a browser that nobody knows, the beginning of what it says."""
    known = [next((name for sign, name in table if sign in user_agent), "") for table in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, known)) or user_agent[:LONGEST]
