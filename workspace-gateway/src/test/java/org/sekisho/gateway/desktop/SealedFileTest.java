package org.sekisho.gateway.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.desktop.SealedReader.Damaged;
import org.sekisho.gateway.desktop.Sealing.Kind;

final class SealedFileTest {
    private static final List<String> SHOWN = List.of("4.sync,1.1;", "4.sync,1.2;", "4.sync,1.3;", "4.sync,1.4;");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = written("one", key(1));
    }

    @Test
    void readsBackWhatWasShownAndIsWhole() throws IOException {
        try (var reader = new SealedReader(file, key(1))) {
            assertThat(new String(reader.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(String.join("", SHOWN));
            assertThat(reader.isWhole()).isTrue();
            assertThat(reader.parts()).isEqualTo(5);
        }
    }

    @Test
    void theFileHoldsNothingInPlainText() throws IOException {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .doesNotContain("sync");
    }

    @Test
    void everyFlippedByteIsNoticedAndItsPartNamed() throws IOException {
        var bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length; i++) {
            var flipped = bytes.clone();
            flipped[i] ^= 0x10;
            var part = partOf(bytes, i);
            var copy = Files.write(folder.resolve("flipped"), flipped);
            assertThat(firstBad(copy)).as("byte " + i).isEqualTo(part);
        }
    }

    @Test
    void aCutIsNoticedWhereverItIs() throws IOException {
        var bytes = Files.readAllBytes(file);
        for (int length = SealedWriter.MAGIC.length; length < bytes.length; length++) {
            var copy = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, length));
            assertThat(firstBad(copy)).as("length " + length).isEqualTo(partOf(bytes, length));
        }
    }

    @Test
    void partsThatChangePlacesAreNoticed() throws IOException {
        var parts = parts(Files.readAllBytes(file));
        assertThat(firstBad(joined(List.of(parts.get(0), parts.get(2), parts.get(1), parts.get(3), parts.get(4)))))
                .isEqualTo(1);
        assertThat(firstBad(joined(List.of(parts.get(0), parts.get(2), parts.get(3), parts.get(4)))))
                .isEqualTo(1);
        assertThat(firstBad(joined(List.of(parts.get(0), parts.get(0), parts.get(1)))))
                .isEqualTo(1);
        assertThat(firstBad(joined(List.of(parts.get(0), parts.get(4))))).isEqualTo(1);
    }

    @Test
    void aPartOfAnotherRecordingIsNoticed() throws IOException {
        var other = parts(Files.readAllBytes(written("other", key(2))));
        var parts = parts(Files.readAllBytes(file));
        assertThat(firstBad(joined(List.of(parts.get(0), other.get(1), parts.get(2)))))
                .isEqualTo(1);
    }

    @Test
    void whatComesAfterTheLastPartIsNoticed() throws IOException {
        Files.write(file, Pictures.followedBy(Files.readAllBytes(file), new byte[] {0}));
        assertThat(firstBad(file)).isEqualTo(5);
    }

    @Test
    void isNeverWrittenOverAnotherOne() {
        assertThatThrownBy(() -> new SealedWriter(file, key(1))).isInstanceOf(IOException.class);
    }

    private long firstBad(Path path) throws IOException {
        try (var reader = new SealedReader(path, key(1))) {
            reader.transferTo(OutputStream.nullOutputStream());
            return reader.isWhole() ? -1 : reader.parts();
        } catch (Damaged damaged) {
            return damaged.part();
        }
    }

    private Path written(String name, SecretKey key) throws IOException {
        var path = folder.resolve(name);
        try (var writer = new SealedWriter(path, key)) {
            for (var shown : SHOWN) {
                writer.add(Kind.SHOWN, shown.getBytes(StandardCharsets.UTF_8));
            }
            writer.finish();
        }
        return path;
    }

    private Path joined(List<byte[]> parts) throws IOException {
        var all = SealedWriter.MAGIC;
        for (var part : parts) {
            all = Pictures.followedBy(all, part);
        }
        return Files.write(folder.resolve("joined"), all);
    }

    private static List<byte[]> parts(byte[] bytes) {
        var parts = new ArrayList<byte[]>();
        for (int at = SealedWriter.MAGIC.length; at < bytes.length; ) {
            var length = 5 + ByteBuffer.wrap(bytes).getInt(at);
            parts.add(Arrays.copyOfRange(bytes, at, at + length));
            at += length;
        }
        return parts;
    }

    private static long partOf(byte[] bytes, int place) {
        var at = SealedWriter.MAGIC.length;
        var part = 0L;
        for (var each : parts(bytes)) {
            at += each.length;
            if (place < at) {
                return part;
            }
            part++;
        }
        return part;
    }

    private static SecretKey key(int seed) {
        var bytes = new byte[32];
        Arrays.fill(bytes, (byte) seed);
        return new SecretKeySpec(bytes, "AES");
    }
}
