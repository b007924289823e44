import pytest
from django.core.exceptions import ValidationError

from cms.accounts.enums import Registry
from cms.accounts.validators import MESSAGES, registry_number


@pytest.mark.parametrize(
    ("registry", "text"),
    [
        (Registry.GE_NAPR, "20483712"),
        (Registry.GE_NAPR, "204837123A"),
        (Registry.IT_CF, "00743110158"),  # wrong check digit
        (Registry.IT_CF, "RCCMNL83S18D969X"),
        (Registry.DE_HRB, "HRB 12345"),  # of which court?
        (Registry.DE_HRB, "Dresden VR 12345"),
        (Registry.DE_HRB, "Dresden HRB 123456789"),
        (Registry.DE_VR, "12 VR 34 56"),
        (Registry.IT_RUNTS, "abc"),
        (Registry.IT_RUNTS, "\ufffd"),
    ],
)
def test_what_cannot_be_a_number_is_refused_in_words_of_its_registry(registry, text):
    with pytest.raises(ValidationError) as raised:
        registry_number(registry=registry, text=text)
    assert raised.value.messages == [MESSAGES[registry]]


@pytest.mark.parametrize(
    ("registry", "text", "kept"),
    [
        (Registry.GE_NAPR, " 204 837 123 ", "204837123"),
        (Registry.GE_NAPR, "٢٠٤٨٣٧١٢٣", "204837123"),
        (Registry.IT_CF, "0074 3110157", "00743110157"),
        (Registry.IT_CF, "rcc mnl 83s18 d969h", "RCCMNL83S18D969H"),
        (Registry.DE_HRB, "hrb 44551 b, Amtsgericht Dresden", "Dresden HRB 44551 B"),
        (Registry.DE_HRB, "DRESDEN HRB44551 B", "Dresden HRB 44551 B"),
        (Registry.DE_VR, "AG zschopau VR 77", "Zschopau VR 77"),
        (Registry.DE_VR, "VR 1234 B Berlin (Charlottenburg)", "Berlin (Charlottenburg) VR 1234 B"),
        (Registry.IT_RUNTS, "12.345", "12345"),
        (Registry.OTHER, "  A 7/12 ", "A 7/12"),
    ],
)
def test_each_number_has_one_spelling(registry, text, kept):
    assert registry_number(registry=registry, text=text) == kept


def test_every_registry_but_the_others_has_a_check():
    assert set(MESSAGES) == set(Registry.values) - {Registry.OTHER}
