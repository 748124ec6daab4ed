package org.sekisho.gateway.ingress;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Looks through the structure of an input: is it what it says, and could its shape harm whoever opens it. */
final class Inspection {
    private Inspection() {}

    /**
     * @param permitted software that the permit names
     * @param sources whether source packages can be installed here
     */
    static Findings inspect(Path file, String name, InputKind kind, List<String> permitted, boolean sources)
            throws IOException {
        var findings = new Findings(new Bounds(Files.size(file)));
        return guarded(findings, () -> {
            var magic = Magic.of(file);
            findings.type(magic.word());
            polyglot(file, magic, findings);
            switch (kind) {
                case FILE -> PlainFile.inspect(file, name, magic, findings);
                case PYTHON_WHEEL -> Wheel.inspect(file, name, magic, permitted, findings);
                case R_PACKAGE -> RPackage.inspect(file, magic, permitted, sources, findings);
                case CONTAINER_IMAGE -> throw new IllegalArgumentException("images are inspected by themselves");
            }
        });
    }

    /** Reads something of a stranger. */
    @FunctionalInterface
    interface Reading {
        void read() throws IOException;
    }

    /** Turns what cannot be read any further into a finding. */
    static Findings guarded(Findings findings, Reading reading) throws IOException {
        try {
            reading.read();
        } catch (Unsound unsound) {
            findings.add(unsound.remark());
        } catch (EOFException cut) {
            findings.add(Remark.refuse("途中で切れています", "it is cut short"));
        }
        return findings;
    }

    private static void polyglot(Path file, Magic magic, Findings findings) throws IOException {
        if (magic != Magic.ZIP && Magic.endsAsZip(file)) {
            findings.add(Remark.refuse(
                    "別の形式のファイルの末尾に ZIP が隠されています", "a zip hides at the end of what is something else (polyglot)"));
        }
        if (magic.isProgram()) {
            findings.add(Remark.refuse("実行形式のプログラムです", "it is a program for a machine"));
        }
    }
}
