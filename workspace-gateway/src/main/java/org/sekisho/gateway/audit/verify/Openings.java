package org.sekisho.gateway.audit.verify;

import java.io.PrintStream;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.tlog.Reference;
import org.sekisho.gateway.audit.tlog.TlogProof;

/** Who stands behind the references of a proven entry, where the proof says so: {@code {"key","name","reference"}}. */
final class Openings {
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Opening(String reference, String name, byte[] key) {}

    private Openings() {}

    /** False when a name is not the one that the entry refers to. */
    static boolean hold(TlogProof proof) {
        return read(proof).stream()
                .allMatch(opening -> proof.line().contains("\"" + opening.reference + "\"")
                        && Reference.of(opening.key, opening.name).equals(opening.reference));
    }

    static void show(TlogProof proof, PrintStream err) {
        read(proof).forEach(opening -> err.println("In it, " + opening.reference + " is " + opening.name + "."));
    }

    private static List<Opening> read(TlogProof proof) {
        return proof.openings().stream()
                .map(Json::object)
                .map(said -> new Opening(
                        text(said.get("reference")),
                        text(said.get("name")),
                        HexFormat.of().parseHex(text(said.get("key")))))
                .toList();
    }

    private static String text(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("not an opening of a reference");
    }
}
