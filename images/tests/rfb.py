"""The little of RFB 3.8 (RFC 6143) that a test needs: look at the screen, press keys."""

import socket
import struct
import time
import zlib
from pathlib import Path

RAW, DESKTOP_SIZE = 0, -223


class Viewer:
    def __init__(self, path: Path, patience: float = 20):
        deadline = time.monotonic() + patience
        while True:
            self.line = socket.socket(socket.AF_UNIX)
            try:
                self.line.connect(str(path))
                break
            except OSError:
                self.line.close()
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.005)
        self.line.settimeout(patience)
        assert self.read(12).startswith(b"RFB 003.")
        self.line.sendall(b"RFB 003.008\n")
        assert 1 in self.read(self.read(1)[0]), "no security type None"
        self.line.sendall(b"\1")
        assert self.read(4) == b"\0\0\0\0"
        self.line.sendall(b"\1")
        self.width, self.height = struct.unpack(">HH", self.read(4))
        self.read(16)
        self.name = self.read(struct.unpack(">I", self.read(4))[0]).decode()
        self.line.sendall(struct.pack(">BxxxBBBBHHHBBBxxx", 0, 32, 24, 0, 1, 255, 255, 255, 16, 8, 0))
        self.line.sendall(struct.pack(">BxHi", 2, 1, RAW))
        self.pixels = bytearray(self.width * self.height * 4)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.line.close()

    def read(self, size: int) -> bytes:
        parts = bytearray()
        while len(parts) < size:
            part = self.line.recv(size - len(parts))
            if not part:
                raise EOFError
            parts += part
        return bytes(parts)

    def look(self, whole: bool = True) -> None:
        """Brings pixels up to date: all of them, or once something has changed."""
        self.line.sendall(struct.pack(">BBHHHH", 3, 0 if whole else 1, 0, 0, self.width, self.height))
        while (kind := self.read(1)[0]) != 0:
            if kind == 2:
                continue
            assert kind == 3, f"message {kind}"
            self.read(3)
            self.read(struct.unpack(">I", self.read(4))[0])
        for _ in range(struct.unpack(">xH", self.read(3))[0]):
            x, y, width, height, encoding = struct.unpack(">HHHHi", self.read(12))
            assert encoding == RAW
            data = self.read(width * height * 4)
            for row in range(height):
                start = ((y + row) * self.width + x) * 4
                self.pixels[start : start + width * 4] = data[row * width * 4 : (row + 1) * width * 4]

    def colour(self, x: int, y: int) -> str:
        blue, green, red = self.pixels[(y * self.width + x) * 4 :][:3]
        return f"#{red:02x}{green:02x}{blue:02x}"

    def key(self, symbol: int) -> None:
        for down in (1, 0):
            self.line.sendall(struct.pack(">BBxxI", 4, down, symbol))

    def hold(self, modifier: int, symbol: int) -> None:
        self.line.sendall(struct.pack(">BBxxI", 4, 1, modifier))
        self.key(symbol)
        self.line.sendall(struct.pack(">BBxxI", 4, 0, modifier))

    def type(self, text: str) -> None:
        for letter in text:
            self.key(0xFF0D if letter == "\n" else ord(letter))
            time.sleep(0.01)

    def click(self, x: int, y: int, button: int = 1) -> None:
        for mask in (0, 1 << (button - 1), 0):
            self.line.sendall(struct.pack(">BBHH", 5, mask, x, y))

    def save(self, file: Path) -> None:
        """A PNG of the screen."""
        rows = bytearray()
        for y in range(self.height):
            line = self.pixels[y * self.width * 4 : (y + 1) * self.width * 4]
            rgb = bytearray(self.width * 3)
            rgb[0::3], rgb[1::3], rgb[2::3] = line[2::4], line[1::4], line[0::4]
            rows += b"\0" + rgb

        def chunk(kind: bytes, data: bytes) -> bytes:
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        file.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 6)) + chunk(b"IEND", b""))
