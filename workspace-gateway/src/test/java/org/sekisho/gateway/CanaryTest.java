package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search that the tests of closing and of encryption at rest believe. */
class CanaryTest {
    private static final Canary CANARY = new Canary("canary-7f3a91c2e5");

    @TempDir
    Path folder;

    @Test
    void isFoundInEveryFormAlsoBetweenTwoPieces() throws Exception {
        for (var form : CANARY.forms()) {
            var before = "x".repeat((1 << 20) - form.length() / 2);
            var file = Files.write(folder.resolve("f"), (before + form + "x").getBytes(StandardCharsets.ISO_8859_1));
            assertThat(CANARY.below(folder)).as(form).containsExactly("f");
            Files.delete(file);
        }
    }

    @Test
    void isFoundWherever64AndGzipBegin() throws Exception {
        for (int before = 0; before < 4; before++) {
            var bytes = ("x".repeat(before) + CANARY.word() + "yy").getBytes(StandardCharsets.US_ASCII);
            Files.write(folder.resolve("base64"), Base64.getEncoder().encode(bytes));
            assertThat(CANARY.below(folder)).as("%d before", before).containsExactly("base64");
        }
        Files.delete(folder.resolve("base64"));
        var packed = new ByteArrayOutputStream();
        packed.writeBytes("something before".getBytes(StandardCharsets.US_ASCII));
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(CANARY.word().getBytes(StandardCharsets.US_ASCII));
        }
        Files.write(folder.resolve("packed"), packed.toByteArray());
        assertThat(CANARY.below(folder)).containsExactly("packed");
    }

    @Test
    void isFoundInANameAndNotWhereItIsNot() throws Exception {
        Files.writeString(folder.resolve("other"), "canary-7f3a91c2e");
        assertThat(CANARY.below(folder)).isEmpty();
        Files.createDirectory(folder.resolve("a-" + CANARY.word()));
        assertThat(CANARY.below(folder)).containsExactly("a-" + CANARY.word());
        assertThat(CANARY.below(folder, folder.resolve("a-" + CANARY.word()))).isEmpty();
    }
}
