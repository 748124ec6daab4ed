package org.sekisho.gateway.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.gateway.desktop.Picture.NotAPicture;

final class DrawingTest {
    /** Every instruction that guacd 1.6 knows how to send and that is no drawing. */
    static final List<String> CLOSED = List.of(
            "4.argv,1.1,10.text/plain,8.password;",
            "5.audio,1.1,9.audio/L16;",
            "4.body,1.0,1.1,10.text/plain,1.a;",
            "9.clipboard,1.1,10.text/plain;",
            "4.file,1.1,10.text/plain,8.data.csv;",
            "10.filesystem,1.1,4.home;",
            "3.get,1.1,1./;",
            "3.log,4.text;",
            "3.msg,1.1,1.a;",
            "5.mouse,1.1,1.1;",
            "3.key,2.65,1.1;",
            "4.nest,1.1,3.abc;",
            "4.pipe,1.1,10.text/plain,4.pipe;",
            "3.put,1.1,1.1,10.text/plain,1.a;",
            "5.ready,3.abc;",
            "8.required,8.password;",
            "3.set,1.0,11.multi-touch,1.1;",
            "8.undefine,1.1;",
            "9.usercount,1.2;",
            "5.video,1.1,1.0,9.video/mp4;",
            "0.,4.ping,1.1;",
            "0.,36.eea12825-2c52-4dcd-ae4c-855486fdc511;",
            "3.png,2.14,1.0,1.0,1.0,4.AAAA;",
            "4.args,1.a;",
            "6.select,3.vnc;",
            "7.connect,1.a;",
            "4.eval,1.a;",
            "4.SYNC,1.1;");

    @Tag("abuse-78")
    @Test
    void everythingThatIsNoDrawingIsAViolation() {
        for (var wire : CLOSED) {
            assertThatThrownBy(() -> pass(wire))
                    .as(wire)
                    .isInstanceOf(Violation.class)
                    .hasMessage("opcode");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3.arc,1.0,1.1,1.1,1.5,1.0,6.3.1416,1.0;",
                "5.cfill,2.14,2.-3,1.0,3.255,1.0,3.255;",
                "4.copy,2.-1,1.0,1.0,2.11,2.16,2.14,1.0,1.0,1.0;",
                "6.cursor,1.0,1.0,2.-1,1.0,1.0,2.11,2.16;",
                "7.dispose,1.1;",
                "7.distort,1.1,1.1,1.0,1.0,1.1,3.0.5,6.-1e-05;",
                "4.move,1.1,1.0,1.5,2.-5,1.0;",
                "4.rect,1.0,1.0,1.0,2.64,2.64;",
                "5.shade,1.1,3.255;",
                "4.size,1.0,4.1280,3.800;",
                "4.sync,8.15570997;",
                "3.nop;"
            })
    void drawingPassesAsItCame(String wire) {
        assertThat(pass(wire)).isEqualTo(wire);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4.size,1.0,5.99999,3.800;",
                "4.size,1.0,2.01,3.800;",
                "4.size,1.0,3.800;",
                "4.size,1.0,4.1280,3.800,1.a;",
                "4.size,6.canary,1.1,1.1;",
                "4.sync,17.10000000000000000;",
                "4.sync,2.-1;",
                "4.rect,1.0,2.-0,1.0,2.64,2.64;",
                "5.shade,1.1,3.256;",
                "3.img,1.1,2.14,1.0,13.image/svg+xml,1.0,1.0;",
                "3.img,2.64,2.14,1.0,9.image/png,1.0,1.0;",
                "4.blob,1.1,4.AAAA;",
                "3.end,1.1;",
                "3.nop,1.a;",
                "7.distort,1.1,3.NaN,1.0,1.0,1.1,1.0,1.0;"
            })
    void drawingOfAnotherFormIsAViolation(String wire) {
        assertThatThrownBy(() -> pass(wire)).isInstanceOf(Violation.class);
    }

    @Test
    void wordsOfGuacdAreNeverHandedOn() {
        assertThat(pass("4.name,6.canary;")).isEmpty();
        assertThat(pass("5.error,6.canary,3.519;")).isEmpty();
        assertThat(new Drawing(false).pass(Instruction.of("error", "canary", "519"), new StringBuilder()))
                .isEqualTo(Drawing.Next.OVER);
    }

    @Test
    void wholeImagesPass() {
        for (var image : List.of(Pictures.png(300, 200), Pictures.jpeg(300, 200))) {
            var wire = Pictures.img(7, image);
            assertThat(pass(wire)).isEqualTo(wire);
        }
    }

    @Test
    void anImageCarriesPixelsAndNothingElse() {
        var png = Pictures.png(30, 20);
        var canary = "canary".getBytes(StandardCharsets.UTF_8);
        var text = Pictures.withChunk(png, "tEXt", canary);
        var unknown = Pictures.withChunk(png, "caNr", canary);
        var after = Pictures.followedBy(png, canary);
        var moreData = Pictures.withChunk(png, "IDAT", canary);
        var comment = Pictures.followedBy(
                new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xFE, 0, 8, 'c', 'a', 'n', 'a', 'r', 'y'},
                Arrays.copyOfRange(Pictures.jpeg(30, 20), 2, 500));
        var afterJpeg = Pictures.followedBy(Pictures.jpeg(30, 20), canary);
        for (var image : List.of(text, unknown, after, moreData, comment, afterJpeg, canary)) {
            assertThatThrownBy(() -> pass(Pictures.img(1, image))).isInstanceOf(Violation.class);
        }
    }

    @Test
    void anImageWhoseRowsAreMoreThanItSaysIsNoImage() {
        var png = Pictures.png(30, 20);
        var smaller = png.clone();
        ByteBuffer.wrap(smaller).putInt(20, 19);
        var sum = new CRC32();
        sum.update(smaller, 12, 17);
        ByteBuffer.wrap(smaller).putInt(29, (int) sum.getValue());
        assertThatThrownBy(() -> pass(Pictures.img(1, smaller))).isInstanceOf(Violation.class);
    }

    @Test
    void streamsOpenOnceAndEndOnce() {
        var png = Base64.getEncoder().encodeToString(Pictures.png(3, 3));
        var open = Instruction.of("img", "1", "14", "0", "image/png", "0", "0").wire();
        var blob = Instruction.of("blob", "1", png).wire();
        var end = Instruction.of("end", "1").wire();
        assertThat(pass(open + blob + end + open + blob + end)).isNotEmpty();
        for (var wire : List.of(
                open + open, open + end, open + blob + blob, open + blob + end + end, open + blob + end + blob)) {
            assertThatThrownBy(() -> pass(wire)).isInstanceOf(Violation.class);
        }
    }

    @Test
    void anyCutOfAnImageIntoBlobsIsTheSameImage() {
        var png = Pictures.png(40, 40);
        for (int piece = 1; piece < 40; piece++) {
            try (var picture = new PngPicture()) {
                for (int from = 0; from < png.length; from += piece) {
                    picture.take(Arrays.copyOfRange(png, from, Math.min(png.length, from + piece)));
                }
                picture.end();
            }
        }
    }

    @Property(tries = 1_000)
    void noFlippedByteOfAnImageIsTakenForAnything(@ForAll int place, @ForAll byte mask) {
        var png = Pictures.png(9, 9);
        png[Math.floorMod(place, png.length)] ^= mask == 0 ? 1 : mask;
        try (var picture = new PngPicture()) {
            assertThatThrownBy(() -> {
                        picture.take(png);
                        picture.end();
                    })
                    .isInstanceOf(NotAPicture.class);
        }
    }

    @Property(tries = 1_000)
    void whateverTextStandsInAnArgumentDoesNotCross(@ForAll @StringLength(min = 1, max = 40) String text) {
        for (var opcode :
                List.of("sync", "size", "rect", "copy", "cursor", "name", "error", "dispose", "img", "blob")) {
            var wire = new StringBuilder();
            try (var drawing = new Drawing(false)) {
                drawing.pass(Instruction.of(opcode, "canary" + text, "0", "0"), wire);
            } catch (Violation expected) {
                // as it should
            }
            assertThat(wire).isEmpty();
        }
    }

    @Test
    void aViolationNamesTheOpcodeAndNothingElse() {
        assertThat(violation("4.pipe,1.1,10.text/plain,4.pipe;").opcode()).isEqualTo("pipe");
        assertThat(violation("9.CANARY 12;").opcode()).isEqualTo("?");
    }

    private static Violation violation(String wire) {
        return catchThrowableOfType(Violation.class, () -> pass(wire));
    }

    private static String pass(String wire) {
        var out = new StringBuilder();
        var parser = new InstructionParser();
        var bytes = ByteBuffer.wrap(wire.getBytes(StandardCharsets.UTF_8));
        try (var drawing = new Drawing(false)) {
            while (bytes.hasRemaining()) {
                switch (parser.next(bytes)) {
                    case Parsed.Whole(var instruction) -> drawing.pass(instruction, out);
                    case Parsed.More() -> throw new AssertionError("not whole: " + wire);
                    case Parsed.Malformed(var fault) -> throw new AssertionError(fault + ": " + wire);
                }
            }
        }
        return out.toString();
    }
}
