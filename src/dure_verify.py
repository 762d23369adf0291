"""Check a proof of the sealed record: `python dure_verify.py proof.zip`.

One file, Python 3.11 or later, the standard library and `cryptography`; nothing of the platform is needed.
It says what holds and what was not shown, in Korean and English; exit code 0 when the proof holds, 1 when
it does not, 2 when it cannot be read.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
import zipfile
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

MOST_ZIP, MOST_FILE, MOST_FILES = 2_000_000, 500_000, 20
MOST_DEPTH = 20


class NoProof(Exception):
    """The proof does not hold, or what was given is none; says why in Korean and English."""

    def __init__(self, ko, en, code=1):
        super().__init__(en)
        self.ko, self.en, self.code = ko, en, code


def unreadable(ko, en):
    return NoProof(ko, en, 2)


# --- the bundle ---------------------------------------------------------------------------------


def read_bundle(path):
    """The files of a bundle by name; nothing is written to the disk."""
    try:
        with Path(path).open("rb") as file:
            if len(file.read(MOST_ZIP + 1)) > MOST_ZIP:
                raise unreadable("파일이 너무 커요", "the file is too large")
            with zipfile.ZipFile(file) as archive:
                return dict(_contents(archive))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError) as error:
        raise unreadable("zip 파일이 아니에요", "no zip file") from error
    except (RuntimeError, ValueError, OverflowError, zipfile.zlib.error) as error:
        raise unreadable("zip 파일이 깨졌어요", "a broken zip file") from error
    except OSError as error:
        raise unreadable("파일을 읽을 수 없어요", "the file cannot be read") from error


def _contents(archive):
    members = archive.infolist()
    names = [member.filename for member in members]
    if len(members) > MOST_FILES or len(set(names)) < len(names):
        raise unreadable("파일이 너무 많거나 이름이 겹쳐요", "too many files, or a name twice")
    for member in members:
        with archive.open(member) as file:
            content = file.read(MOST_FILE + 1)
        if len(content) > MOST_FILE:
            raise unreadable("안에 든 파일이 너무 커요", "a file in it is too large")
        yield member.filename, content


def _text(files, name):
    if name not in files:
        raise unreadable(f"{name} 파일이 없어요", f"{name} is missing")
    try:
        return files[name].decode("utf-8")
    except UnicodeDecodeError as error:
        raise unreadable(f"{name} 파일이 글이 아니에요", f"{name} is no text") from error


def decode(text):
    """Base64 as it is written, in one way only."""
    try:
        content = base64.b64decode(text.encode("ascii"), validate=True)
    except ValueError as error:
        raise unreadable("base64가 아니에요", "no base64") from error
    if base64.b64encode(content).decode() != text:
        raise unreadable("base64가 아니에요", "no base64")
    return content


# --- the tree (RFC 6962, RFC 9162) ---------------------------------------------------------------


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def is_included(leaf, index, size, proof, root):
    """Whether the hashes of `proof` lead from the hash of a leaf at `index` to the root."""
    if not 0 <= index < size or len(proof) > 63:
        return False
    place, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0 or len(sibling) != 32:
            return False
        if place & 1 or place == last:
            node = node_hash(sibling, node)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and node == root


# --- proof, checkpoint and keys as text (C2SP) ---------------------------------------------------


def read_number(text):
    if not re.fullmatch(r"0|[1-9][0-9]{0,17}", text):
        raise unreadable("숫자가 아니에요", "no number")
    return int(text)


def read_proof(text):
    """(index, hashes, checkpoint) of a C2SP tlog-proof."""
    head, separator, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    if not separator or lines.pop(0) != "c2sp.org/tlog-proof@v1":
        raise unreadable("증명 형식이 아니에요", "no proof of the form c2sp.org/tlog-proof@v1")
    if lines and lines[0].startswith("extra "):
        decode(lines.pop(0)[6:])
    if not lines or not lines[0].startswith("index "):
        raise unreadable("증명에 순번이 없어요", "the proof has no index")
    index = read_number(lines.pop(0)[6:])
    return index, [decode(line) for line in lines], checkpoint


def read_key(text):
    """(name, id, public key) of a C2SP verifier key."""
    parts = text.split("+", 2)
    content = decode(parts[2]) if len(parts) == 3 else b""
    if len(content) != 33 or content[:1] != b"\x01" or not re.fullmatch(r"[^\s+]+", parts[0]):
        raise unreadable("공개 열쇠가 아니에요", "no public key")
    key_id = hashlib.sha256(parts[0].encode() + b"\n" + content).digest()[:4]
    if key_id.hex() != parts[1]:
        raise unreadable("공개 열쇠의 번호가 달라요", "the id is not that of the key")
    return parts[0], key_id, content[1:]


def signers_of(note, keys):
    """The text of a signed note, and which of the keys signed it."""
    text, separator, below = note.rpartition("\n\n")
    if not separator or not below.endswith("\n") or re.search("[\x00-\x09\x0b-\x1f]", note):
        raise unreadable("체크포인트 형식이 아니에요", "the checkpoint is no signed note")
    text += "\n"
    lines = below[:-1].split("\n")
    if len(lines) > 100:
        raise unreadable("서명이 너무 많아요", "too many signatures")
    signed = []
    for line in lines:
        name, _, encoded = line[2:].partition(" ")
        content = decode(encoded)
        if not line.startswith("— ") or not name or len(content) < 5:
            raise unreadable("서명 줄이 아니에요", "no line of a signature")
        for key in keys:
            if (name, content[:4]) == key[:2]:
                try:
                    public = ed25519.Ed25519PublicKey.from_public_bytes(key[2])
                    public.verify(content[4:], text.encode())
                except (InvalidSignature, ValueError) as error:
                    raise NoProof(
                        "체크포인트의 서명이 맞지 않아요", "a signature of the checkpoint is wrong"
                    ) from error
                if key not in signed:
                    signed.append(key)
    return text, signed


def read_checkpoint(text):
    """(name of the record, size, root) of the body of a checkpoint."""
    lines = text.split("\n")
    if len(lines) < 4 or not lines[0]:
        raise unreadable("체크포인트 형식이 아니에요", "no checkpoint")
    root = decode(lines[2])
    if len(root) != 32:
        raise unreadable("체크포인트에 뿌리 해시가 없어요", "the checkpoint has no root")
    return lines[0], read_number(lines[1]), root


# --- timestamps (RFC 3161 over RFC 5652), read as DER --------------------------------------------


class Der:
    """A value in DER: its tag, its content, and all its bytes."""

    def __init__(self, data, at=0):
        if at + 2 > len(data):
            raise ValueError("cut off")
        self.tag = data[at]
        length, begin = data[at + 1], at + 2
        if length & 0x80:
            count = length & 0x7F
            if not 1 <= count <= 4 or begin + count > len(data):
                raise ValueError("no length")
            length, begin = int.from_bytes(data[begin : begin + count], "big"), begin + count
        self.end = begin + length
        if self.end > len(data) or self.tag & 0x1F == 0x1F:
            raise ValueError("cut off")
        self.content, self.raw = data[begin : self.end], data[at : self.end]

    @property
    def parts(self):
        """The values in a constructed one."""
        parts, at = [], 0
        while at < len(self.content):
            if len(parts) > 200:
                raise ValueError("too many parts")
            part = Der(self.content, at)
            parts.append(part)
            at = part.end
        return parts

    @property
    def oid(self):
        if self.tag != 6 or not self.content:
            raise ValueError("no object identifier")
        numbers, value = [], 0
        for byte in self.content[:40]:
            value = value << 7 | byte & 0x7F
            if not byte & 0x80:
                numbers.append(value)
                value = 0
        first = min(numbers[0] // 40, 2)
        return ".".join(map(str, [first, numbers[0] - 40 * first, *numbers[1:]]))


SIGNED_DATA, TST_INFO = "1.2.840.113549.1.7.2", "1.2.840.113549.1.9.16.1.4"
CONTENT_TYPE, MESSAGE_DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
SIGNING_CERTIFICATE = {"1.2.840.113549.1.9.16.2.12": "sha1", "1.2.840.113549.1.9.16.2.47": "sha256"}
DIGESTS = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
STAMPING = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.8")


def timestamp_of(response, content, chain):
    """(moment, name of the authority) that a response gives `content` under the certificates `chain`."""
    try:
        return _stamped(response, content, chain)
    except Exception as error:  # whatever hostile bytes make the parsers raise
        raise NoProof("시점확인 토큰이 맞지 않아요", "the timestamp does not hold") from error


def _stamped(response, content, chain):
    status, token = Der(response).parts[:2]
    if int.from_bytes(status.parts[0].content, "big") not in (0, 1):
        raise ValueError("refused by the authority")
    kind, wrapped = token.parts[:2]
    if kind.oid != SIGNED_DATA:
        raise ValueError("no signed data")
    signed = wrapped.parts[0].parts
    inner = signed[2].parts
    if inner[0].oid != TST_INFO:
        raise ValueError("no timestamp")
    info = inner[1].parts[0].content
    moment = _moment_of(info, content)
    bag = [x509.load_der_x509_certificate(encoded.raw) for encoded in _certificates(signed)]
    roots = x509.load_pem_x509_certificates(chain)
    signers = [part for part in signed if part.tag == 0x31][-1].parts
    if len(signers) != 1:
        raise ValueError("not one signer")
    certificate = _signer(signers[0], info, bag + roots)
    _under(certificate, bag + roots, roots, moment)
    names = certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return moment, names[0].value if names else certificate.subject.rfc4514_string()


def _certificates(signed):
    tagged = [part for part in signed[3:] if part.tag == 0xA0]
    return tagged[0].parts[:20] if tagged else []


def _moment_of(info, content):
    """When the content was there by a TSTInfo that is about it."""
    parts = Der(info).parts
    algorithm, imprint = parts[2].parts
    name = DIGESTS[algorithm.parts[0].oid]
    if hashlib.new(name, content).digest() != imprint.content:
        raise ValueError("of another content")
    match = re.fullmatch(rb"(\d{14})(?:\.\d+)?Z", parts[4].content)
    return datetime.strptime(match.group(1).decode() + "+0000", "%Y%m%d%H%M%S%z")


def _signer(signer, info, certificates):
    """Whose signature it is: the certificate that the signed attributes name, if its key made it."""
    parts = signer.parts
    digest = DIGESTS[parts[2].parts[0].oid]
    attributes = parts[3]
    if attributes.tag != 0xA0:
        raise ValueError("no signed attributes")
    signed_attributes = {
        attribute.parts[0].oid: attribute.parts[1].parts[0] for attribute in attributes.parts
    }
    if signed_attributes[CONTENT_TYPE].oid != TST_INFO:
        raise ValueError("attributes of something else")
    if signed_attributes[MESSAGE_DIGEST].content != hashlib.new(digest, info).digest():
        raise ValueError("signed something else")
    named = _named(signed_attributes, certificates)
    # What is signed is the set of attributes as a SET, not under the tag that it has here.
    _verify(named, parts[5].content, b"\x31" + attributes.raw[1:], digest)
    return named


def _named(signed_attributes, certificates):
    for oid, default in SIGNING_CERTIFICATE.items():
        if oid in signed_attributes:
            parts = signed_attributes[oid].parts[0].parts[0].parts
            name = default
            if parts[0].tag == 0x30:
                name = DIGESTS[parts.pop(0).parts[0].oid]
            for certificate in certificates:
                if (
                    hashlib.new(name, certificate.public_bytes(Encoding.DER)).digest()
                    == parts[0].content
                ):
                    return certificate
    raise ValueError("the certificate of the signer is not here")


def _verify(certificate, signature, content, digest):
    key, algorithm = certificate.public_key(), getattr(hashes, digest.upper())()
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, content, padding.PKCS1v15(), algorithm)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, content, ec.ECDSA(algorithm))
    elif isinstance(key, ed25519.Ed25519PublicKey):
        key.verify(signature, content)
    else:
        raise UnsupportedAlgorithm("a key of an unknown kind")


def _under(certificate, known, roots, moment):
    """Raise where the certificate may not stamp, or does not stand under a root at that moment."""
    usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    if STAMPING not in usage.value:
        raise ValueError("the certificate is not for timestamps")
    current = certificate
    for _ in range(MOST_DEPTH):
        if not current.not_valid_before_utc <= moment <= current.not_valid_after_utc:
            raise ValueError("a certificate that was not valid then")
        if current.issuer == current.subject:
            if current in roots:
                current.verify_directly_issued_by(current)
                return
            break
        current = _issuer(current, known)
    raise ValueError("it does not stand under the root")


def _issuer(certificate, known):
    for candidate in known:
        if candidate.subject != certificate.issuer:
            continue
        if not candidate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca:
            continue
        try:
            certificate.verify_directly_issued_by(candidate)
        except (InvalidSignature, ValueError, TypeError):
            continue
        return candidate
    raise ValueError("an issuer is not here")


# --- all of it -----------------------------------------------------------------------------------


def check(files, trusted=(), chain=None):
    """What a bundle proves, as a dict. Raises NoProof.

    `trusted` are keys that the reader has from elsewhere; without them those of the bundle are taken,
    and who reads the result has to compare them. `chain` are certificates of the authority of
    timestamps that the reader has from elsewhere, as PEM.
    """
    index, proof, checkpoint = read_proof(_text(files, "proof.tlog-proof"))
    if "checkpoint" in files and files["checkpoint"] != checkpoint.encode():
        raise NoProof("두 체크포인트가 서로 달라요", "the two checkpoints differ")
    given = list(trusted) or _text(files, "keys.txt").split()
    if len(given) > 100:
        raise unreadable("열쇠가 너무 많아요", "too many keys")
    keys = list(dict.fromkeys(read_key(key_text) for key_text in given))
    text, signed = signers_of(checkpoint, keys)
    name, size, root = read_checkpoint(text)
    signed = [key for key in signed if key[0] == name]
    if not signed:
        raise NoProof(
            "믿을 수 있는 열쇠로 된 서명이 없어요", "the checkpoint is not signed by a known key"
        )
    leaf = files.get("entry.json")
    if leaf is None:
        raise unreadable("entry.json 파일이 없어요", "entry.json is missing")
    if not is_included(hashlib.sha256(b"\x00" + leaf).digest(), index, size, proof, root):
        raise NoProof(
            "이 내용은 체크포인트가 말하는 기록에 없어요",
            "this content is not in the record that the checkpoint is signed on",
        )
    result = {
        "record": name,
        "number": index,
        "size": size,
        "keys": [f"{key[0]}+{key[1].hex()}" for key in signed],
        "is_trusted": bool(trusted),
        "entry": _entry(leaf),
        "is_authority_trusted": chain is not None,
        "stamp": None,
    }
    if "timestamp.tsr" in files:
        known = files.get("timestamp-chain.pem", b"") if chain is None else chain
        result["stamp"] = timestamp_of(files["timestamp.tsr"], checkpoint.encode(), known)
    return result


def _entry(leaf):
    try:
        entry = json.loads(leaf.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise unreadable("entry.json 파일을 읽을 수 없어요", "entry.json cannot be read") from error
    if not isinstance(entry, dict):
        raise unreadable("entry.json 파일을 읽을 수 없어요", "entry.json cannot be read")
    return entry


def listed(entry, name):
    """The objects in a list of the entry, whatever the entry has in its place."""
    entries = entry.get(name)
    return [
        part for part in (entries if isinstance(entries, list) else []) if isinstance(part, dict)
    ]


def files_match(entry, paths):
    """(path, name in the entry or None) for each file that the reader holds beside the proof."""
    known = {
        sealed.get("sha256"): sealed.get("name")
        for sealed in listed(entry, "files")
        if isinstance(sealed.get("sha256"), str)
    }
    for path in paths:
        digest = hashlib.sha256()
        with Path(path).open("rb") as file:
            for part in iter(lambda: file.read(1 << 20), b""):
                digest.update(part)
        yield path, known.get(digest.hexdigest())


def shown(value):
    """A value of the entry in one line that no terminal takes for a command."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "".join(character if character.isprintable() else "?" for character in text)[:300]


def told(result):
    """What the proof shows, line by line, in Korean and English."""
    entry = result["entry"]
    yield "증명이 맞아요. / The proof holds."
    yield ""
    yield f"  기록 record       {shown(result['record'])}"
    yield f"  순번 number       {result['number']}"
    yield f"  종류 kind         {shown(entry.get('kind', '-'))} · {shown(entry.get('about', '-'))}"
    yield f"  기록한 때 at      {shown(entry.get('at', '-'))} (플랫폼의 시계 / by the platform's clock)"
    for party in listed(entry, "parties"):
        yield f"  당사자 party      {shown(party.get('name'))} {shown(party.get('number'))}"
    for file in listed(entry, "files"):
        yield f"  파일 file         {shown(file.get('name'))}  SHA-256 {shown(file.get('sha256'))}"
    yield f"  내용 content      {shown(entry.get('content', '-'))}"
    yield f"  열쇠 key          {', '.join(map(shown, result['keys']))}"
    if not result["is_trusted"]:
        yield "  ! 이 열쇠가 운영기관이 공개한 것과 같은지 견주어 보거나, --key로 직접 주세요."
        yield "    Compare this key with the one that the operator publishes, or give yours with --key."
    if result["stamp"]:
        moment, authority = result["stamp"]
        yield f"  시점 timestamp    {moment:%Y-%m-%d %H:%M:%S} UTC, {shown(authority)}"
        if not result["is_authority_trusted"]:
            yield "  ! 이 기관의 인증서는 증명에서 가져왔어요. 믿는 인증서가 있으면 --authority로 주세요."
            yield "    Its certificates come from the proof itself; give those you trust with --authority."
    else:
        yield "  시점 timestamp    없음 / none"
    yield ""
    yield "보여 주는 것: 바로 이 내용이, 늦어도 시점확인이나 서명이 있던 때에는, 이 순서로 기록되어 있었어요."
    yield "보여 주지 않는 것: 내용이 사실인지, 빠진 것이 없는지, 새로운 것인지."
    yield "Shown: exactly this content was recorded, no later than the timestamp or signature, in this order."
    yield "Not shown: that the content is true, complete or new."


def main(arguments=None):
    """Check what the command line names; the exit code."""
    parser = argparse.ArgumentParser(prog="dure-verify", description=__doc__)
    parser.add_argument("proof", help="proof.zip")
    parser.add_argument(
        "--key", action="append", default=[], help="a key that you have from elsewhere"
    )
    parser.add_argument(
        "--file",
        action="append",
        default=[],
        help="a file of yours that the entry names by its hash",
    )
    parser.add_argument("--authority", help="certificates of the authority of timestamps, as PEM")
    asked = parser.parse_args(arguments)
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    try:
        chain = Path(asked.authority).read_bytes() if asked.authority else None
        result = check(read_bundle(asked.proof), asked.key, chain)
        lines = list(told(result))
        matches = list(files_match(result["entry"], asked.file))
    except NoProof as error:
        print(f"증명이 맞지 않아요: {error.ko} / The proof does not hold: {error.en}")
        return error.code
    except OSError as error:
        print(f"파일을 읽을 수 없어요 / A file cannot be read: {error}")
        return 2
    print("\n".join(lines))
    for path, name in matches:
        if name is None:
            print(f"기록된 파일이 아니에요 / not a file of this entry: {path}")
        else:
            print(
                f"기록된 바로 그 파일이에요 / the very file that was recorded: {path} = {shown(name)}"
            )
    return 1 if any(name is None for _, name in matches) else 0


if __name__ == "__main__":
    sys.exit(main())
