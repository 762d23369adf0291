"""A key and a certificate for each organisation, issued by the platform's own authority."""

from datetime import UTC, datetime, timedelta

from asn1crypto import x509 as asn1_x509
from asn1crypto.keys import PrivateKeyInfo
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.sign import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from dure.foundation.keys import kept_file, kept_key

FIRST, YEARS = datetime(2020, 1, 1, tzinfo=UTC), timedelta(days=40 * 365)
_AUTHORITY = "signing-authority"
Opened = tuple[ec.EllipticCurvePrivateKey, x509.Certificate, list[x509.Certificate]]
_LONGEST_NAME = 64  # characters of a common name (RFC 5280)


def signer_of(code: str, name: str) -> SimpleSigner:
    """Who signs for the organisation `code`; its key is made at first use, in the name it has then."""
    key, certificate, issuer = _opened(_kept(code, name))
    store = SimpleCertificateStore()
    store.register_multiple([_asn1(certificate), *map(_asn1, issuer)])
    content = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return SimpleSigner(
        signing_cert=_asn1(certificate),
        signing_key=PrivateKeyInfo.load(content),
        cert_registry=store,
    )


def certificate_of(code: str, name: str) -> bytes:
    """The certificate of an organisation, as PEM."""
    return _opened(_kept(code, name))[1].public_bytes(serialization.Encoding.PEM)


def authority() -> asn1_x509.Certificate:
    """The certificate of the platform, under which those of the organisations stand."""
    return _asn1(_authority()[1])


def _kept(code: str, name: str) -> bytes:
    return kept_file(f"signing-{code}.p12", lambda: _issued(code, name))


def _authority() -> Opened:
    return _opened(kept_file(f"{_AUTHORITY}.p12", _made_authority))


def _opened(content: bytes) -> Opened:
    key, certificate, issuers = pkcs12.load_key_and_certificates(content, _passphrase())
    if not isinstance(key, ec.EllipticCurvePrivateKey) or certificate is None:
        raise ValueError("a file of keys holds none that signs")
    return key, certificate, issuers


def _made_authority() -> bytes:
    key, name = ec.generate_private_key(ec.SECP256R1()), _name("dure")
    made = _builder(name, name, key).add_extension(x509.BasicConstraints(True, 0), critical=True)
    certificate = made.add_extension(_usage(signs_certificates=True), critical=True)
    return _packed(key, certificate.sign(key, hashes.SHA256()), [])


def _issued(code: str, name: str) -> bytes:
    issuer_key, issuer, _ = _authority()
    key = ec.generate_private_key(ec.SECP256R1())
    made = _builder(_name(name, code), issuer.subject, key)
    made = made.add_extension(x509.BasicConstraints(False, None), critical=True)
    certificate = made.add_extension(_usage(signs_certificates=False), critical=True)
    return _packed(key, certificate.sign(issuer_key, hashes.SHA256()), [issuer])


def _name(name: str, code: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, name[:_LONGEST_NAME])]
    if code:
        parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, code[:_LONGEST_NAME]))
    return x509.Name(parts)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(FIRST)
        .not_valid_after(FIRST + YEARS)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _packed(
    key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate, issuers: list[x509.Certificate]
) -> bytes:
    return pkcs12.serialize_key_and_certificates(
        None, key, certificate, issuers, BestAvailableEncryption(_passphrase())
    )


def _passphrase() -> bytes:
    return kept_key("signing").hex().encode()


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
