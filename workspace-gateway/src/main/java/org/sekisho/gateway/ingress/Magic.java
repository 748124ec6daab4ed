package org.sekisho.gateway.ingress;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;

/** What a file is, by its bytes and not by its name. */
enum Magic {
    ZIP("504b0304"),
    GZIP("1f8b08"),
    XZ("fd377a585a00"),
    BZIP2("425a68"),
    SEVEN_ZIP("377abcaf271c"),
    RAR("526172211a07"),
    PNG("89504e470d0a1a0a"),
    JPEG("ffd8ff"),
    PDF("255044462d"),
    PARQUET("50415231"),
    ARROW("4152524f5731"),
    OLE("d0cf11e0a1b11ae1"),
    SQLITE("53514c69746520666f726d6174203300"),
    ZSTANDARD("28b52ffd"),
    /** By its 257th byte and those after it. */
    TAR(""),
    ELF("7f454c46", true),
    MACH_O("cffaedfe", true),
    MACH_O_32("cefaedfe", true),
    JAVA_OR_FAT("cafebabe", true),
    WINDOWS("4d5a", true),
    TEXT(""),
    TEXT_SHIFT_JIS(""),
    UNKNOWN("");

    private static final int END_OF_ZIP = 22;
    private static final int TAR_SIGNATURE = 257;
    private final String signature;
    private final boolean program;

    /** @param signature its first bytes in lower-case hexadecimal */
    Magic(String signature) {
        this(signature, false);
    }

    Magic(String signature, boolean program) {
        this.signature = signature;
        this.program = program;
    }

    boolean isProgram() {
        return program;
    }

    boolean isText() {
        return this == TEXT || this == TEXT_SHIFT_JIS;
    }

    String word() {
        return switch (this) {
            case TEXT_SHIFT_JIS -> "text (Shift_JIS)";
            case JAVA_OR_FAT -> "class or Mach-O";
            default -> name().toLowerCase(Locale.ROOT).replace('_', '-');
        };
    }

    /** By the first bytes alone; text is not told apart. */
    static Magic ofHead(byte[] head) {
        var hex = HexFormat.of().formatHex(head);
        for (var magic : values()) {
            if (!magic.signature.isEmpty() && hex.startsWith(magic.signature)) {
                return magic;
            }
        }
        return UNKNOWN;
    }

    static Magic of(Path file) throws IOException {
        byte[] head;
        try (var in = Files.newInputStream(file)) {
            head = in.readNBytes(TAR_SIGNATURE + 5);
        }
        var magic = ofHead(head);
        if (magic == WINDOWS || magic == UNKNOWN) {
            if (head.length == TAR_SIGNATURE + 5 && startsAt(head, TAR_SIGNATURE, 'u', 's', 't', 'a', 'r')) {
                return TAR;
            }
            // two letters prove nothing: a table may begin with "MZ"
            var text = text(file);
            return text == UNKNOWN ? magic : text;
        }
        return magic;
    }

    /** Whether a zip hides at the end of something that is none. */
    static boolean endsAsZip(Path file) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "r")) {
            var length = (int) Math.min(bytes.length(), END_OF_ZIP + 65_535);
            var tail = new byte[length];
            bytes.seek(bytes.length() - length);
            bytes.readFully(tail);
            for (int i = length - END_OF_ZIP; i >= 0; i--) {
                var comment = (tail[i + 20] & 0xff) | (tail[i + 21] & 0xff) << 8;
                if (startsAt(tail, i, 0x50, 0x4b, 5, 6) && i + END_OF_ZIP + comment <= length) {
                    return true;
                }
            }
            return false;
        }
    }

    private static Magic text(Path file) throws IOException {
        if (decodes(file, StandardCharsets.UTF_8)) {
            return TEXT;
        }
        return decodes(file, Charset.forName("windows-31j")) ? TEXT_SHIFT_JIS : UNKNOWN;
    }

    private static boolean decodes(Path file, Charset charset) throws IOException {
        var decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var bytes = ByteBuffer.allocate(1 << 16);
        var chars = CharBuffer.allocate(1 << 17);
        try (var in = Files.newByteChannel(file)) {
            boolean end = false;
            while (!end) {
                end = in.read(bytes) < 0;
                bytes.flip();
                if (!isText(decoder, bytes, chars, end)) {
                    return false;
                }
                bytes.compact();
            }
            return true;
        }
    }

    private static boolean isText(CharsetDecoder decoder, ByteBuffer bytes, CharBuffer chars, boolean end) {
        chars.clear();
        if (decoder.decode(bytes, chars, end).isError()) {
            return false;
        }
        chars.flip();
        return chars.chars().noneMatch(c -> c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f');
    }

    private static boolean startsAt(byte[] bytes, int at, int... wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
