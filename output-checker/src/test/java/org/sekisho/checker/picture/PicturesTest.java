package org.sekisho.checker.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.checker.picture.Pictures.Answer;
import org.sekisho.checker.picture.Pictures.Extra;
import org.sekisho.checker.picture.Pictures.Why;

class PicturesTest {
    @Test
    void saysThatPagesAreTooLargeOnceDrawn() throws IOException {
        assertThat(Drawn.answer(0, new byte[Drawn.ANSWER_AT_MOST + 1]))
                .isEqualTo(new Drawn.Answer.Refused(Pictures.Why.TOO_LARGE));
    }

    @Test
    void drawsOnePageOfAnSvgWithItsWords() throws IOException, Draw.NotDrawn {
        var page = SvgPage.draw(
                ("<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'><rect width='20' height='20'"
                                + " fill='#0000ff'/><text y='50'>out of sight</text></svg>")
                        .getBytes(StandardCharsets.UTF_8));
        var drawn = ImageIO.read(new ByteArrayInputStream(page.png()));
        assertThat(List.of(drawn.getWidth(), drawn.getHeight())).containsExactly(1_600, 800);
        assertThat(new Color(drawn.getRGB(400, 400))).isEqualTo(Color.BLUE);
        assertThat(new Color(drawn.getRGB(1_200, 400))).isEqualTo(Color.WHITE);
        assertThat(page.text()).isEqualTo("out of sight\n");
        assertThatThrownBy(() -> SvgPage.draw("<svg>".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> SvgPage.draw(
                        ("<svg><text>" + "x".repeat(200_001) + "</text></svg>").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Draw.NotDrawn.class);
    }

    private static final byte[] SECRET = "patient 4711 of town X".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_BYTE_GRAY,
                BufferedImage.TYPE_BYTE_INDEXED,
                BufferedImage.TYPE_BYTE_BINARY,
                BufferedImage.TYPE_USHORT_GRAY
            })
    void keepsWhatIsSeenOfAPng(int type) throws IOException {
        var image = PictureSamples.drawing(50, 30, type);
        var clean = clean(PictureSamples.bytes(image, "png"));
        var seen = ImageIO.read(new ByteArrayInputStream(clean.bytes()));
        assertThat(clean.type()).isEqualTo("image/png");
        assertThat(clean.dropped()).isEmpty();
        for (int x = 0; x < 50; x++) {
            for (int shift = 0; shift <= 16; shift += 8) {
                assertThat(Math.abs((seen.getRGB(x, 20) >> shift & 0xFF) - (image.getRGB(x, 20) >> shift & 0xFF)))
                        .isLessThanOrEqualTo(8);
            }
        }
        assertThat(seen.getRGB(0, 0)).isEqualTo(0xFFFFFFFF);
    }

    @Test
    void keepsWhatIsSeenOfAJpeg() throws IOException {
        var clean = clean(PictureSamples.jpeg());
        var seen = ImageIO.read(new ByteArrayInputStream(clean.bytes()));
        assertThat(clean.type()).isEqualTo("image/jpeg");
        assertThat(seen.getRGB(1, 1) & 0xFF).isGreaterThan(240);
        assertThat(seen.getWidth()).isEqualTo(60);
    }

    @Tag("abuse-92")
    @ParameterizedTest
    @ValueSource(strings = {"tEXt", "zTXt", "iTXt", "eXIf", "iCCP", "tIME", "prIv"})
    void dropsEveryChunkThatIsNoPixel(String type) {
        var clean = clean(PictureSamples.withChunk(PictureSamples.png(), type, SECRET));
        assertThat(clean.dropped()).containsExactly(Extra.METADATA);
        assertThat(new String(clean.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("4711");
        assertThat(clean.bytes()).isEqualTo(clean(PictureSamples.png()).bytes());
    }

    @Test
    void dropsFurtherFramesOfAnAnimation() {
        var png = PictureSamples.withChunk(PictureSamples.png(), "acTL", new byte[8]);
        assertThat(clean(png).dropped()).containsExactly(Extra.FRAMES);
    }

    @Tag("abuse-92")
    @Test
    void dropsWhatIsAppended() {
        var zip = PictureSamples.joined(new byte[] {'P', 'K', 3, 4}, SECRET);
        for (var picture : new byte[][] {PictureSamples.png(), PictureSamples.jpeg()}) {
            var clean = clean(PictureSamples.joined(picture, zip));
            assertThat(clean.dropped()).contains(Extra.APPENDED);
            assertThat(clean.bytes()).isEqualTo(clean(picture).bytes());
        }
    }

    @Test
    void dropsCommentsAndProfilesOfAJpeg() {
        var jpeg = PictureSamples.jpeg();
        for (int marker : new int[] {0xFE, 0xE1, 0xE2, 0xED, 0xEE}) {
            var segment = PictureSamples.joined(
                    new byte[] {(byte) 0xFF, (byte) marker, 0, (byte) (SECRET.length + 2)}, SECRET);
            var dressed =
                    PictureSamples.joined(Arrays.copyOf(jpeg, 2), segment, Arrays.copyOfRange(jpeg, 2, jpeg.length));
            assertThat(clean(dressed).dropped()).contains(Extra.METADATA);
            assertThat(clean(dressed).bytes()).isEqualTo(clean(jpeg).bytes());
        }
    }

    @Tag("abuse-92")
    @Test
    void leavesNoRoomInLowBits() throws IOException {
        var plain = PictureSamples.drawing(40, 40, BufferedImage.TYPE_INT_RGB);
        var loaded = PictureSamples.drawing(40, 40, BufferedImage.TYPE_INT_RGB);
        var random = new SplittableRandom(1);
        for (int x = 0; x < 40; x++) {
            for (int y = 0; y < 40; y++) {
                // White, and white with the lowest bit of each colour chosen by a message.
                loaded.setRGB(x, y, 0xFFFFFF & ~(random.nextInt(2) * 0x010101));
                plain.setRGB(x, y, 0xFFFFFF);
            }
        }
        assertThat(clean(PictureSamples.bytes(loaded, "png")).bytes())
                .isEqualTo(clean(PictureSamples.bytes(plain, "png")).bytes());
    }

    @Test
    void refusesAPngThatLiesAboutItsSizeBeforeDecodingIt() {
        assertThat(refused(PictureSamples.promising(100_000, 100_000, 1000))).isEqualTo(Why.TOO_LARGE);
        assertThat(refused(PictureSamples.promising(9_000, 9_000, 1000))).isEqualTo(Why.TOO_LARGE);
        assertThat(refused(PictureSamples.promising(3_000, 3_000, 1000))).isEqualTo(Why.BROKEN);
        assertThat(refused(PictureSamples.promising(0, 10, 1000))).isEqualTo(Why.BROKEN);
        assertThat(refused(PictureSamples.promising(-1, 10, 1000))).isEqualTo(Why.TOO_LARGE);
    }

    @Test
    void isNotImpressedByABombBehindTheLastPixel() {
        var bomb = PictureSamples.promising(10, 10, 200_000_000);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Pictures.clean(bomb));
    }

    @Test
    void refusesOtherThings() {
        assertThat(refused("GIF89a".getBytes(StandardCharsets.US_ASCII))).isEqualTo(Why.NOT_A_PICTURE);
        assertThat(refused(new byte[0])).isEqualTo(Why.NOT_A_PICTURE);
        assertThat(refused(new byte[Pictures.BYTES_AT_MOST + 1])).isEqualTo(Why.TOO_LARGE);
        var png = PictureSamples.png();
        assertThat(refused(Arrays.copyOf(png, png.length - 20))).isEqualTo(Why.BROKEN);
        assertThat(refused(PictureSamples.withChunk(png, "QQQQ", new byte[3]))).isEqualTo(Why.KIND);
    }

    @Test
    void answersWhateverTheBytesAre() {
        var random = new SplittableRandom(42);
        for (var valid : new byte[][] {PictureSamples.png(), PictureSamples.jpeg()}) {
            for (int round = 0; round < 600; round++) {
                var bytes = valid.clone();
                for (int change = random.nextInt(1, 8); change > 0; change--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                var mutant = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
                assertThatCode(() -> Pictures.clean(mutant)).doesNotThrowAnyException();
            }
        }
    }

    private static Answer.Clean clean(byte[] bytes) {
        var answer = Pictures.clean(bytes);
        assertThat(answer).isInstanceOf(Answer.Clean.class);
        return (Answer.Clean) answer;
    }

    private static Why refused(byte[] bytes) {
        var answer = Pictures.clean(bytes);
        assertThat(answer).isInstanceOf(Answer.Refused.class);
        return ((Answer.Refused) answer).why();
    }
}
