package org.sekisho.gateway.audit.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.Frontier;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.tlog.SignatureType;
import org.sekisho.gateway.audit.tlog.SigningKey;
import org.sekisho.gateway.audit.tlog.VerifierKeys;

/** A log written by hand: entries that say no more than their index, under checkpoints signed here. */
abstract class HandmadeLog {
    static final SigningKey FIRST = SigningKey.create("log.example", SignatureType.ED25519);
    static final SigningKey SECOND = SigningKey.create("log.example", SignatureType.ML_DSA_44);
    static final VerifierKeys KEYS = new VerifierKeys(List.of(FIRST.verifier(), SECOND.verifier()));
    static final int SEGMENT = Layout.SEGMENT;

    @TempDir
    Path home;

    final Frontier frontier = new Frontier();
    Layout layout = new Layout(Path.of("nowhere"));

    @BeforeEach
    void begin() {
        layout = new Layout(home);
    }

    final void entries(int count) throws IOException {
        var lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            long index = frontier.leaves();
            var line = "{\"index\":" + index + "}";
            lines.append(line).append('\n');
            frontier.push(leaf(line));
            if (i + 1 == count || frontier.leaves() % SEGMENT == 0) {
                write(index, lines.toString());
                lines.setLength(0);
            }
        }
    }

    final void entry(String line) throws IOException {
        write(frontier.leaves(), line + "\n");
        frontier.push(leaf(line));
    }

    final void write(long index, String lines) throws IOException {
        Files.writeString(layout.segment(index), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    final void sign() throws IOException {
        sign(FIRST, SECOND);
    }

    final void sign(SigningKey... keys) throws IOException {
        append(signed(Checkpoint.unsigned("log.example", frontier.leaves(), frontier.root()), keys));
    }

    static String signed(Checkpoint checkpoint, SigningKey... keys) {
        var lines = new StringBuilder();
        for (var key : keys) {
            lines.append(key.sign(checkpoint, 1));
        }
        return checkpoint.with(lines.toString()).note();
    }

    final void append(String note) throws IOException {
        Files.writeString(layout.checkpoints(), note + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    final void drop(long segment) throws IOException {
        var lines = Files.readAllLines(layout.segment(segment));
        var leaves = new byte[lines.size() * Hashes.BYTES];
        for (int i = 0; i < lines.size(); i++) {
            System.arraycopy(leaf(lines.get(i)), 0, leaves, i * Hashes.BYTES, Hashes.BYTES);
        }
        Files.write(layout.leaves(segment), leaves);
        Files.delete(layout.segment(segment));
    }

    static byte[] leaf(String line) {
        return Hashes.leaf(line.getBytes(StandardCharsets.UTF_8));
    }

    /** As the writer would. */
    final void keepHashes(int entries) throws IOException {
        var records = ByteBuffer.allocate(entries * Layout.RECORD);
        int offset = 0;
        for (int i = 0; i < entries; i++) {
            var line = "{\"index\":" + i + "}";
            records.put(leaf(line)).putLong(0).putInt(offset).position((i + 1) * Layout.RECORD);
            offset += line.length() + 1;
        }
        Files.write(layout.index(), records.array());
    }

    final void changeKeptHash(int entry) throws IOException {
        changeKept(entry, Hashes.BYTES - 1);
    }

    /** @param part byte of the entry's record */
    final void changeKept(int entry, int part) throws IOException {
        var index = Files.readAllBytes(layout.index());
        index[entry * Layout.RECORD + part] ^= 1;
        Files.write(layout.index(), index);
    }

    static void replace(Path file, String old, String with) throws IOException {
        Files.writeString(file, Files.readString(file).replace(old, with));
    }
}
