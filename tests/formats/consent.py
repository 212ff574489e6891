"""consent.py: reads Consent resources of FHIR R4 from standard input with the models of fhir.resources, and counts them."""
import json
import sys

from fhir.resources.R4B.bundle import Bundle

bundle = Bundle.model_validate(json.load(sys.stdin))
consents = [entry.resource for entry in bundle.entry]
assert consents and all(one.get_resource_type() == "Consent" for one in consents)
kinds = [one.provision.type for one in consents]
assert kinds == ["permit", "deny", "deny"], kinds
assert consents[0].provision.period.end is not None
assert consents[0].patient.identifier.value == "0" * 32
print(f"{len(consents)} consents read")
