// Judges entries of the record with @sigstore/verify: the signature of the checkpoint, then the inclusion.
// Reads a JSON list from standard input; prints a JSON list of "holds" or of the words of the refusal.
const { createPublicKey } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { verifyCheckpoint } = require("@sigstore/verify/dist/tlog/checkpoint");
const { verifyMerkleInclusion } = require("@sigstore/verify/dist/tlog/merkle");

const ED25519 = Buffer.from("302a300506032b6570032100", "hex"); // before the 32 bytes of a key

function judged(given) {
  const hashes = given.hashes.map((hash) => Buffer.from(hash, "hex"));
  const entry = {
    canonicalizedBody: Buffer.from(given.leaf, "utf-8"),
    inclusionProof: { logIndex: given.index, hashes, checkpoint: { envelope: given.checkpoint } },
  };
  const key = Buffer.concat([ED25519, Buffer.from(given.key, "hex")]);
  const log = {
    logID: Buffer.from(given.keyId, "hex"),
    baseURL: given.name,
    publicKey: createPublicKey({ key, format: "der", type: "spki" }),
  };
  try {
    const checkpoint = verifyCheckpoint(entry, [log]);
    verifyMerkleInclusion(entry, checkpoint);
  } catch (refusal) {
    return refusal.message;
  }
  return "holds";
}

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf-8")).map(judged)));
