package org.sekisho.engine.ingest.uke;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.ingest.source.Refusal;
import org.sekisho.engine.ingest.source.SourceBytes;

/**
 * Cuts a file into records. Commas and line ends never occur inside a CP932 character, so the bytes are cut first and
 * each field is decoded by itself: a malformed byte has a line and a field.
 */
final class UkeLines {
    private static final byte END_OF_FILE = 0x1A;

    private final SourceBytes file;
    private final byte[] bytes;
    private final int end;
    private final CharsetDecoder decoder = Charset.forName("windows-31j")
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);

    UkeLines(SourceBytes file) {
        this.file = file;
        this.bytes = file.content();
        this.end = end(bytes);
    }

    /** Where the text ends: a single 0x1A may stand behind the last line. */
    private static int end(byte[] bytes) {
        return bytes.length > 0 && bytes[bytes.length - 1] == END_OF_FILE ? bytes.length - 1 : bytes.length;
    }

    /** Feeds record after record until one is not wanted or not readable; null where all were read. */
    @Nullable
    Refusal read(Predicate<UkeRecord> wanted) {
        long line = 0;
        for (var begin = 0; begin < end; ) {
            var next = begin;
            while (next < end && bytes[next] != '\n') {
                next++;
            }
            line++;
            var stop = next > begin && next < end && bytes[next - 1] == '\r' ? next - 1 : next;
            switch (cut(line, begin, stop)) {
                case Cut.Fine(var record) -> {
                    if (!wanted.test(record)) {
                        return null;
                    }
                }
                case Cut.Bad(var refusal) -> {
                    return refusal;
                }
            }
            begin = next + 1;
        }
        return null;
    }

    private Cut cut(long line, int begin, int stop) {
        var fields = new ArrayList<String>(48);
        for (var from = begin; from <= stop; ) {
            var to = from;
            while (to < stop && bytes[to] != ',') {
                to++;
            }
            var field = decode(from, to);
            if (field == null) {
                return bad(line, fields, "is not CP932 text");
            }
            if (field.chars().anyMatch(Character::isISOControl)) {
                return bad(line, fields, "holds a control character");
            }
            fields.add(field);
            from = to + 1;
        }
        var type = RecordType.of(fields.getFirst());
        return type == null
                ? new Cut.Bad(new Refusal(file.name(), line, "", "is not a record of a medical receipt"))
                : new Cut.Fine(new UkeRecord(type, line, fields.toArray(String[]::new)));
    }

    private Cut bad(long line, List<String> before, String reason) {
        var type = before.isEmpty() ? null : RecordType.of(before.getFirst());
        var field = type == null ? String.valueOf(before.size()) : type.fieldName(before.size());
        return new Cut.Bad(new Refusal(file.name(), line, field, reason));
    }

    private @Nullable String decode(int from, int to) {
        try {
            return decoder.decode(ByteBuffer.wrap(bytes, from, to - from)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private sealed interface Cut {
        record Fine(UkeRecord record) implements Cut {}

        record Bad(Refusal refusal) implements Cut {}
    }
}
