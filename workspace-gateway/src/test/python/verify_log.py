#!/usr/bin/env python3
"""Verifies a log of Sekisho with the standard library alone.

Written from public specifications and nothing else: RFC 6962 (trees, proofs), RFC 8032 (Ed25519), FIPS 204
(ML-DSA-44), and C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-tiles and tlog-proof.

    verify_log.py tiles FOLDER KEYS [CHECKPOINT]   every entry of a log in tlog-tiles; that it still begins with a
                                                   checkpoint kept earlier
    verify_log.py proof FILE KEYS [WITNESS-KEYS]   one entry

KEYS is a file with one verifier key a line. Prints the size of the tree, or the entry, and exits 0; prints the first
index that does not hold and exits 1.
"""
import base64
import hashlib
import pathlib
import sys


class Broken(Exception):
    def __init__(self, index, what):
        super().__init__(what)
        self.index = index


# Ed25519: RFC 8032, section 5.1
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add(a, b):
    """Section 5.1.4, extended homogeneous coordinates."""
    (x1, y1, z1, t1), (x2, y2, z2, t2) = a, b
    u, v = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    w, z = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = v - u, z - w, z + w, v + u
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def decode_point(data):
    """Section 5.1.3; None for what is no point."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P == (-u) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if v * x * x % P != u or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = decode_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519(key, message, signature):
    """Section 5.1.7."""
    a, r, s = decode_point(key), decode_point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = multiply(8 * s, BASE), multiply(8, add(r, multiply(k, a)))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# ML-DSA-44: FIPS 204, sections 6.3 and 7
Q, ROWS, COLUMNS, DROPPED, TAU = 8380417, 4, 4, 13, 39
GAMMA1, GAMMA2, BETA, OMEGA = 2**17, (8380417 - 1) // 88, 39 * 2, 80


def reversed_bits(i):
    return int(f"{i:08b}"[::-1], 2)


ZETAS = [pow(1753, reversed_bits(i), Q) for i in range(256)]


def ntt(w):
    w, m, length = list(w), 0, 128
    while length:
        for start in range(0, 256, 2 * length):
            m += 1
            for j in range(start, start + length):
                t = ZETAS[m] * w[j + length] % Q
                w[j + length], w[j] = (w[j] - t) % Q, (w[j] + t) % Q
        length //= 2
    return w


def inverse_ntt(w):
    w, m, length = list(w), 256, 1
    while length < 256:
        for start in range(0, 256, 2 * length):
            m -= 1
            for j in range(start, start + length):
                t = w[j]
                w[j] = (t + w[j + length]) % Q
                w[j + length] = -ZETAS[m] * (t - w[j + length]) % Q
        length *= 2
    return [x * 8347681 % Q for x in w]


def unpack(data, bits):
    whole = int.from_bytes(data, "little")
    return [whole >> (bits * i) & ((1 << bits) - 1) for i in range(8 * len(data) // bits)]


def expand_a(rho, row, column):
    stream, out, at = hashlib.shake_128(rho + bytes([column, row])).digest(3 * 512), [], 0
    while len(out) < 256:
        b = stream[at : at + 3]
        value = b[0] | b[1] << 8 | (b[2] & 127) << 16
        at += 3
        if value < Q:
            out.append(value)
    return out


def sample_in_ball(seed):
    stream = hashlib.shake_256(seed).digest(8 + 1024)
    signs, at, c = int.from_bytes(stream[:8], "little"), 8, [0] * 256
    for i in range(256 - TAU, 256):
        while stream[at] > i:
            at += 1
        j = stream[at]
        at += 1
        c[i] = c[j]
        c[j] = -1 if signs >> (i + TAU - 256) & 1 else 1
    return c


def use_hint(hint, r):
    r0 = r % (2 * GAMMA2)
    r0 -= 2 * GAMMA2 if r0 > GAMMA2 else 0
    if (r - r0) % Q == Q - 1:
        r1, r0 = 0, r0 - 1
    else:
        r1 = (r - r0) % Q // (2 * GAMMA2)
    if not hint:
        return r1
    return (r1 + 1) % 44 if r0 > 0 else (r1 - 1) % 44


def unpack_hint(data):
    hints, at = [[0] * 256 for _ in range(ROWS)], 0
    for row in range(ROWS):
        end = data[OMEGA + row]
        if end < at or end > OMEGA:
            return None
        for i in range(at, end):
            if i > at and data[i - 1] >= data[i]:
                return None
            hints[row][data[i]] = 1
        at = end
    return hints if not any(data[at:OMEGA]) else None


def ml_dsa_44(key, message, signature):
    """Algorithms 3 and 8, with an empty context."""
    if len(key) != 1312 or len(signature) != 2420:
        return False
    rho, t1 = key[:32], [unpack(key[32 + 320 * i : 352 + 320 * i], 10) for i in range(ROWS)]
    challenge = signature[:32]
    z = [[GAMMA1 - x for x in unpack(signature[32 + 576 * i : 608 + 576 * i], 18)] for i in range(COLUMNS)]
    hints = unpack_hint(signature[32 + 576 * COLUMNS :])
    if hints is None or any(abs(x) >= GAMMA1 - BETA for poly in z for x in poly):
        return False
    tr = hashlib.shake_256(key).digest(64)
    mu = hashlib.shake_256(tr + b"\0\0" + message).digest(64)
    c, z = ntt(sample_in_ball(challenge)), [ntt(poly) for poly in z]
    w1 = b""
    for row in range(ROWS):
        total = [0] * 256
        for column in range(COLUMNS):
            a = expand_a(rho, row, column)
            total = [(t + x * y) % Q for t, x, y in zip(total, a, z[column])]
        shifted = ntt([x << DROPPED for x in t1[row]])
        approximate = inverse_ntt([(t - x * y) % Q for t, x, y in zip(total, c, shifted)])
        high = [use_hint(h, r) for h, r in zip(hints[row], approximate)]
        w1 += sum(x << (6 * i) for i, x in enumerate(high)).to_bytes(192, "little")
    return hashlib.shake_256(mu + w1).digest(32) == challenge


# Notes, checkpoints, cosignatures
class Key:
    def __init__(self, line):
        self.name, identifier, encoded = line.strip().split("+", 2)
        typed = base64.b64decode(encoded, validate=True)
        self.kind, self.key = typed[0], typed[1:]
        self.id = hashlib.sha256(self.name.encode() + b"\n" + typed).digest()[:4]
        if self.id.hex() != identifier:
            raise ValueError("the key's hash is not that of its name and key")

    def verifies(self, checkpoint, signature):
        if self.kind == 1:
            return ed25519(self.key, checkpoint.text.encode(), signature)
        time = int.from_bytes(signature[:8], "big")
        if self.kind == 4:
            return ed25519(self.key, f"cosignature/v1\ntime {time}\n{checkpoint.text}".encode(), signature[8:])
        if self.kind == 6:
            name, origin = self.name.encode(), checkpoint.origin.encode()
            message = b"subtree/v1\n\0" + bytes([len(name)]) + name + signature[:8] + bytes([len(origin)]) + origin
            message += bytes(8) + checkpoint.size.to_bytes(8, "big") + checkpoint.root
            return ml_dsa_44(self.key, message, signature[8:])
        raise ValueError(f"a key of kind {self.kind}")


def keys(file):
    return [Key(line) for line in pathlib.Path(file).read_text().splitlines()]


class Checkpoint:
    def __init__(self, note):
        text, signatures = note.rsplit("\n\n", 1)
        self.text, self.signatures = text + "\n", signatures.splitlines()
        self.origin, size, root = self.text.split("\n")[:3]
        self.size, self.root = int(size), base64.b64decode(root, validate=True)

    def must_be_signed_by(self, wanted, log):
        for key in wanted:
            if log and self.origin != key.name:
                raise Broken(0, "a checkpoint of another log")
            found = False
            for line in self.signatures:
                dash, name, blob = line.split(" ")
                blob = base64.b64decode(blob, validate=True)
                if dash == "—" and name == key.name and blob[:4] == key.id:
                    found = key.verifies(self, blob[4:])
                    if not found:
                        raise Broken(0, "a signature does not verify")
            if not found:
                raise Broken(0, f"not signed by {key.name}")


# Trees: RFC 6962, section 2.1
def leaf_hash(entry):
    return hashlib.sha256(b"\0" + entry).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def tree_hash(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(tree_hash(leaves[:k]), tree_hash(leaves[k:]))


def root_of_path(leaf, index, size, path):
    """Walks the audit path of section 2.1.1 from its upper end."""
    if size == 1:
        if path:
            raise Broken(index, "the path is too long")
        return leaf
    if not path:
        raise Broken(index, "the path is too short")
    k = 1 << (size - 1).bit_length() - 1
    if index < k:
        return node_hash(root_of_path(leaf, index, k, path[:-1]), path[-1])
    return node_hash(path[-1], root_of_path(leaf, index - k, size - k, path[:-1]))


# tlog-tiles
def tile_name(number):
    parts = [f"{number % 1000:03d}"]
    while number >= 1000:
        number //= 1000
        parts.insert(0, f"x{number % 1000:03d}")
    return "/".join(parts)


def resources(folder, level, count):
    for number in range((count + 255) // 256):
        width = min(256, count - 256 * number)
        name = f"tile/{level}/{tile_name(number)}" + (f".p/{width}" if width < 256 else "")
        file = folder / name
        yield 256 * number, width, file.read_bytes() if file.exists() else None


def bundle(data, first, width):
    entries, at = [], 0
    for i in range(width):
        length = int.from_bytes(data[at : at + 2], "big")
        if at + 2 + length > len(data):
            raise Broken(first + i, "the bundle ends in it")
        entries.append(data[at + 2 : at + 2 + length])
        at += 2 + length
    if at != len(data):
        raise Broken(first + width, "the bundle has more than its entries")
    return entries


def verify_tiles(folder, log_keys, earlier=None):
    checkpoint = Checkpoint((folder / "checkpoint").read_text())
    checkpoint.must_be_signed_by(log_keys, log=True)
    leaves = []
    for first, width, data in resources(folder, 0, checkpoint.size):
        if data is None or len(data) != 32 * width:
            raise Broken(first, "a tile is missing")
        leaves += [data[32 * i : 32 * i + 32] for i in range(width)]
    for first, width, data in resources(folder, "entries", checkpoint.size):
        if data is None:
            continue  # dropped after their time: their hashes have to lead to the root all the same
        for i, entry in enumerate(bundle(data, first, width)):
            if leaf_hash(entry) != leaves[first + i]:
                raise Broken(first + i, "its bytes are not those that were hashed")
    hashes, level = leaves, 0
    while len(hashes) >= 256:
        hashes = [tree_hash(hashes[256 * i : 256 * i + 256]) for i in range(len(hashes) // 256)]
        level += 1
        above = b"".join(data or b"" for _, _, data in resources(folder, level, len(hashes)))
        if above != b"".join(hashes):
            raise Broken(0, f"the tiles of level {level} are not those of the level below")
    if tree_hash(leaves) != checkpoint.root:
        raise Broken(0, "the tree is not the one that was signed")
    if earlier is not None:
        earlier.must_be_signed_by(log_keys, log=True)
        if earlier.size > checkpoint.size:
            raise Broken(checkpoint.size, "the log was rolled back")
        if tree_hash(leaves[: earlier.size]) != earlier.root:
            raise Broken(0, "the log does not begin with the earlier checkpoint")
    print(checkpoint.size)


def verify_proof(text, log_keys, witness_keys):
    head, note = text.split("\n\n", 1)
    lines = head.split("\n")
    if lines[0] != "c2sp.org/tlog-proof@v1" or not lines[1].startswith("extra ") or not lines[2].startswith("index "):
        raise ValueError("not a proof")
    index, entry = int(lines[2][6:]), base64.b64decode(lines[1][6:]).split(b"\n")[0]
    checkpoint = Checkpoint(note)
    checkpoint.must_be_signed_by(log_keys, log=True)
    checkpoint.must_be_signed_by(witness_keys, log=False)
    path = [base64.b64decode(line, validate=True) for line in lines[3:]]
    if index >= checkpoint.size or root_of_path(leaf_hash(entry), index, checkpoint.size, path) != checkpoint.root:
        raise Broken(index, "it is not in the tree that was signed")
    print(entry.decode())


def main(arguments):
    try:
        what, place, log_keys = arguments[0], pathlib.Path(arguments[1]), keys(arguments[2])
        if what == "tiles":
            more = Checkpoint(pathlib.Path(arguments[3]).read_text()) if len(arguments) > 3 else None
            verify_tiles(place, log_keys, more)
        elif what == "proof":
            verify_proof(place.read_text(), log_keys, keys(arguments[3]) if len(arguments) > 3 else [])
        else:
            raise ValueError("tiles or proof")
    except Broken as broken:
        print(broken.index)
        print(f"does not hold at entry {broken.index}: {broken}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
