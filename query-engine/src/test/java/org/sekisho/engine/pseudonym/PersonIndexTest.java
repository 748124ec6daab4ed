package org.sekisho.engine.pseudonym;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.engine.EngineException;

class PersonIndexTest {
    private static final LocalDate BORN = LocalDate.of(1980, 2, 29);

    @TempDir
    Path home;

    private Path file;

    @BeforeEach
    void place() {
        file = home.resolve("vault/persons.index");
    }

    @Test
    void knowsAPersonThroughAChangeOfInsurerAndThenOfName() {
        try (var index = open()) {
            var person = index.resolve(identity("06010016", "345", "セキショイチロウ"));
            assertThat(index.resolve(identity("06990016", "999", "セキショイチロウ"))).isEqualTo(person);
            assertThat(index.resolve(identity("06990016", "999", "カワイチロウ"))).isEqualTo(person);
            assertThat(index.resolve(identity("39990016", "1", "カワイチロウ"))).isEqualTo(person);
            assertThat(index.conflicts()).isZero();
        }
    }

    @Test
    void takesFullAndHalfWidthFormsForTheSame() {
        try (var index = open()) {
            assertThat(index.resolve(new Identity("06010016", "１２", "３４５", "ｾｷｼﾖ ｲﾁﾛｳ", BORN, "M")))
                    .isEqualTo(index.resolve(new Identity("06010016", "12", "345", "セキシヨイチロウ", BORN, "M")));
        }
    }

    @Test
    void remembersFromOneLoadToTheNext() {
        long person;
        try (var index = open()) {
            person = index.resolve(identity("06010016", "345", "セキショイチロウ"));
            index.save();
        }
        try (var index = open()) {
            assertThat(index.resolve(identity("06010016", "345", ""))).isEqualTo(person);
        }
    }

    @Test
    void forgetsWhatWasNotSaved() throws Exception {
        try (var index = open()) {
            index.resolve(identity("06010016", "345", "セキショイチロウ"));
        }
        assertThat(Files.size(file)).isZero();
    }

    @Test
    void joinsTwoPersonsWhereALaterLinkShowsThatTheyAreOne() {
        long earlier;
        long later;
        try (var index = open()) {
            earlier = index.resolve(identity("06010016", "345", ""));
            later = index.resolve(identity("", "", "セキショイチロウ"));
            assertThat(later).isNotEqualTo(earlier);
            index.save();
        }
        try (var index = open()) {
            assertThat(index.resolve(identity("06010016", "345", "セキショイチロウ"))).isEqualTo(earlier);
            assertThat(index.current(later)).isEqualTo(earlier);
            index.save();
        }
        assertThat(PersonIndex.aliases(file)).containsExactly(java.util.Map.entry(later, earlier));
    }

    @Test
    void flagsAContradictionAndNeverMergesIt() {
        try (var index = open()) {
            var one = index.resolve(identity("06010016", "345", "セキショイチロウ"));
            var other = index.resolve(new Identity("06010016", "12", "345", "セキショイチロウ", BORN.plusDays(1), "M"));
            assertThat(other).isNotEqualTo(one);
            assertThat(index.conflicts()).isEqualTo(1);
            assertThat(index.resolve(new Identity("06010016", "12", "345", "セキショイチロウ", BORN, "F")))
                    .isNotIn(one, other);
            assertThat(index.conflicts()).isEqualTo(2);
        }
    }

    @Test
    void keepsTwoMembersOfAFamilyApart() {
        try (var index = open()) {
            var father = index.resolve(identity("06010016", "345", "セキショイチロウ"));
            var daughter =
                    index.resolve(new Identity("06010016", "12", "345", "セキショハナコ", LocalDate.of(2010, 1, 1), "F"));
            assertThat(daughter).isNotEqualTo(father);
            assertThat(index.conflicts()).isZero();
        }
    }

    @Test
    void dropsATornLastRecordAndRefusesADamagedOne() throws Exception {
        try (var index = open()) {
            index.resolve(identity("06010016", "345", "セキショイチロウ"));
            index.save();
        }
        var whole = Files.readAllBytes(file);
        Files.write(file, new byte[17], StandardOpenOption.APPEND);
        try (var index = open()) {
            index.resolve(identity("06010016", "777", "カワジロウ"));
            index.save();
        }
        try (var index = open()) {
            assertThat(index.conflicts()).isZero();
        }
        whole[9] ^= 1;
        Files.write(file, whole);
        assertThatThrownBy(this::open).isInstanceOf(EngineException.class);
    }

    @Test
    void writesDigestsOnly() throws Exception {
        try (var index = open()) {
            index.resolve(identity("06010016", "345", "SEKISHO"));
            index.save();
        }
        var bytes = new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(bytes).doesNotContain("SEKISHO", "06010016", "1980");
        assertThat(identity("06010016", "345", "SEKISHO").toString()).doesNotContain("SEKISHO");
    }

    private PersonIndex open() {
        return PersonIndex.open(file, new SecretKeys(home).vault());
    }

    private static Identity identity(String insurer, String number, String name) {
        return new Identity(insurer, insurer.isEmpty() ? "" : "12", number, name, BORN, "M");
    }
}
