package org.sekisho.gateway.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.gateway.desktop.Parsed.Fault;
import org.sekisho.gateway.desktop.Parsed.Malformed;
import org.sekisho.gateway.desktop.Parsed.More;
import org.sekisho.gateway.desktop.Parsed.Whole;

final class InstructionParserTest {
    @Property(tries = 500)
    void readsBackWhatIsWrittenHoweverItIsCut(
            @ForAll("instructions") List<Instruction> instructions, @ForAll @IntRange(min = 1, max = 50) int piece) {
        var wire = new StringBuilder();
        instructions.forEach(instruction -> instruction.appendTo(wire));
        var bytes = wire.toString().getBytes(StandardCharsets.UTF_8);
        var parser = new InstructionParser();
        var read = new ArrayList<Instruction>();
        for (int from = 0; from < bytes.length; from += piece) {
            var part = ByteBuffer.wrap(bytes, from, Math.min(piece, bytes.length - from));
            while (part.hasRemaining()) {
                if (parser.next(part) instanceof Whole(var instruction)) {
                    read.add(instruction);
                }
            }
        }
        assertThat(read).isEqualTo(instructions);
        assertThat(parser.isMidway()).isFalse();
    }

    @Property(tries = 2_000)
    void anyBytesAreAnInstructionOrMoreOrMalformedAndNeverAnythingElse(@ForAll @Size(max = 300) byte[] bytes) {
        var parser = new InstructionParser();
        var input = ByteBuffer.wrap(bytes);
        while (input.hasRemaining()) {
            var found = parser.next(input);
            if (found instanceof Malformed) {
                assertThat(parser.next(ByteBuffer.wrap("3.nop;".getBytes(StandardCharsets.US_ASCII))))
                        .isInstanceOf(Malformed.class);
                return;
            }
        }
    }

    @Property(tries = 500)
    void aFlippedByteIsNeverReadAsTheSameInstruction(
            @ForAll("instructions") List<Instruction> instructions,
            @ForAll int place,
            @ForAll @IntRange(min = 1, max = 255) int mask) {
        var wire = instructions.getFirst().wire().getBytes(StandardCharsets.UTF_8);
        wire[Math.floorMod(place, wire.length)] ^= (byte) mask;
        var found = new InstructionParser().next(ByteBuffer.wrap(wire));
        assertThat(found).isNotEqualTo(new Whole(instructions.getFirst()));
    }

    @Provide
    Arbitrary<List<Instruction>> instructions() {
        var text = Arbitraries.strings()
                .withChars("ab09.,;-語\uFFFD")
                .ofMaxLength(12)
                .map(each -> each.length() % 3 == 0 ? each + "\uD83D\uDE00" : each);
        return text.list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(all -> new Instruction(all.getFirst(), all.subList(1, all.size())))
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    @Test
    void lengthsCountCodePoints() {
        assertThat(parse("1.\uD83D\uDE00,2.日本;")).isEqualTo(new Whole(Instruction.of("\uD83D\uDE00", "日本")));
        assertThat(parse("2.\uD83D\uDE00;")).isInstanceOf(More.class);
        assertThat(parse("2.\uD83D\uDE00,2.ab;")).isEqualTo(new Malformed(Fault.NO_END));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1.a; | LENGTH",
                "+1.a; | LENGTH",
                "01.a; | LENGTH",
                "a.a; | LENGTH",
                ".a; | LENGTH",
                ";; | LENGTH",
                "1a.a; | NO_POINT",
                "4294967297.a; | TOO_LONG",
                "8193.a; | TOO_LONG",
                "1.ab; | NO_END",
                "3.nop,; | LENGTH",
                "3.nop:1.a; | NO_END"
            })
    void refusesWhatIsNotExactlyTheProtocol(String wire, Fault fault) {
        assertThat(parse(wire)).isEqualTo(new Malformed(fault));
    }

    @Test
    void refusesOverlongAndLoneSurrogateUtf8() {
        for (var bytes : List.of(
                new byte[] {'1', '.', (byte) 0xC0, (byte) 0x80, ';'},
                new byte[] {'1', '.', (byte) 0xED, (byte) 0xA0, (byte) 0x80, ';'},
                new byte[] {'1', '.', (byte) 0x80, ';'},
                new byte[] {'0', '.', (byte) 0x80, ';'})) {
            assertThat(new InstructionParser().next(ByteBuffer.wrap(bytes)))
                    .isInstanceOf(Parsed.class)
                    .isNotInstanceOf(Whole.class);
        }
    }

    @Test
    void anInstructionThatNeverEndsIsRefusedAtTheBound() {
        var parser = new InstructionParser();
        var argument = ByteBuffer.wrap("4.aaaa,".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < InstructionParser.MOST; i++) {
            if (parser.next(argument.rewind()) instanceof Malformed(var fault)) {
                assertThat(fault).isEqualTo(Fault.TOO_MANY_ARGUMENTS);
                return;
            }
        }
        throw new AssertionError("it goes on for ever");
    }

    private static Parsed parse(String wire) {
        return new InstructionParser().next(ByteBuffer.wrap(wire.getBytes(StandardCharsets.UTF_8)));
    }
}
