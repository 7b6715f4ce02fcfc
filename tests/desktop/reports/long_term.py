"""Judge a signature as ETSI EN 319 102-1 does for archives, at any moment, by what the file carries and nothing else."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime

from asn1crypto.crl import CertificateList
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy, RevocationCheckingRule
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer

from desktop.reports.revocation_data import for_pyhanko
from tests.desktop.reports.samples import Holder
from tests.desktop.reports.signature_checks import embedded


def long_term_status(pdf: bytes, number: int, *, roots: list[Holder], at: datetime, lists: tuple[bytes, ...] = ()) -> str:
    """Give "OK", or why the signature of that number (from 0) cannot be relied on at a time, revocation lists required.

    ``lists`` (DER) are those that whoever checks then has beside the file: of the authority whose timestamp is the newest.
    """
    lists_needed = RevocationCheckingPolicy(
        ee_certificate_rule=RevocationCheckingRule.CRL_REQUIRED, intermediate_ca_cert_rule=RevocationCheckingRule.CRL_REQUIRED
    )
    policy = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build([for_pyhanko(root.certificate) for root in roots]),
        revinfo_policy=CertRevTrustPolicy(lists_needed),
    )
    spec = SignatureValidationSpec(
        cert_validation_policy=policy,
        revinfo_gathering_policy=RevocationInfoGatheringSpec(online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY),
        local_knowledge=LocalKnowledge(known_crls=[CRLContainer(CertificateList.load(one)) for one in lists]),
        key_usage_settings=KeyUsageConstraints(key_usage={"non_repudiation"}),
    )
    moment = at.replace(tzinfo=UTC)
    timing = ValidationTimingInfo(validation_time=moment, best_signature_time=moment, point_in_time_validation=True)
    thinking_aloud = logging.getLogger("pyhanko")  # it logs each path that it tries in vain as a warning
    level = thinking_aloud.level
    thinking_aloud.setLevel(logging.CRITICAL)
    try:
        found = asyncio.run(ades_lta_validation(embedded(pdf)[number], PdfSignatureValidationSpec(spec), timing_info=timing))
    finally:
        thinking_aloud.setLevel(level)
    return str(found.ades_subindic).rsplit(".", 1)[-1]
