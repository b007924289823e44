from cms.audit.domain.record import record


def entries(number, **fields):
    """Write entries that differ in their details, oldest first."""
    return [
        record("test.done", details={"number": n, "name": f"Person {n}"}, **fields) for n in range(number)
    ]
