package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.audit.disk.Disk;
import org.sekisho.gateway.audit.tlog.Reference;

final class PersonsTest {
    @TempDir
    Path home;

    @Test
    void namesNobodyInTheFilesOfTheLog() throws Exception {
        try (var log = Samples.open(home)) {
            log.record(Act.of("tanaka.hanako", "session.open").with("user", "tanaka.hanako"), Result.DONE);
            assertThat(log.entry(1).orElseThrow().actor()).isEqualTo("tanaka.hanako");
            assertThat(log.entry(1).orElseThrow().detail()).containsEntry("user", "tanaka.hanako");
        }
        try (var files = Files.walk(home)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("tanaka");
            }
        }
    }

    @Test
    void namesNobodyWhoHasNotActedEither() throws Exception {
        try (var log = Samples.open(home)) {
            log.record(Act.of("admin", "account.invite").with("user", "sato.jiro"), Result.DONE);
            var asked = log.intent(Act.of("security", "log.read").with("actor", "sato.jiro"));
            log.outcome(asked, Result.DONE, Map.of("person", "ito.sakura"));
            assertThat(log.entry(1).orElseThrow().detail()).containsEntry("user", "sato.jiro");
            assertThat(log.entry(3).orElseThrow().detail()).containsEntry("person", "ito.sakura");
        }
        assertThat(Files.readString(home.resolve("log/entries-000000000.jsonl")))
                .doesNotContain("sato")
                .doesNotContain("ito");
        try (var log = Samples.open(home)) {
            log.forget("sato.jiro");
            assertThat(log.entry(1).orElseThrow().detail().get("user")).matches(Reference::is);
        }
    }

    @Test
    void leavesInDetailsWhatIsNobodysName() throws Exception {
        try (var log = Samples.open(home)) {
            var reference = "p:" + "0".repeat(40);
            for (var word : new String[] {Act.GATEWAY, Act.STRANGER, "", reference}) {
                var entry = log.record(Act.of("security", "log.read").with("actor", word), Result.DONE);
                assertThat(log.entry(entry.index()).orElseThrow().detail()).containsEntry("actor", word);
            }
        }
        try (var keys = Files.list(home.resolve("keys/persons"))) {
            assertThat(keys).hasSize(1);
        }
    }

    /** The outcome of an act whose person was erased while it lasted. */
    @Test
    void refersToNobodyByAReferenceOfAReference() throws Exception {
        try (var log = Samples.open(home)) {
            var intent = log.intent(Act.of("tanaka", "workspace.open"));
            log.forget("tanaka");
            var seen = log.entry(intent.index()).orElseThrow();
            var outcome = log.outcome(seen, Result.DONE, Map.of());

            assertThat(log.export(Filter.ANY, outcome.index(), 1))
                    .singleElement()
                    .extracting(Exported::reference)
                    .isEqualTo(seen.actor());
        }
    }

    @Test
    void knowsAPersonAgainAfterARestart() {
        Entry before;
        try (var log = Samples.open(home)) {
            before = log.record(Act.of("tanaka", "session.open"), Result.DONE);
        }
        try (var log = Samples.open(home)) {
            var after = log.record(Act.of("tanaka", "session.close"), Result.DONE);

            assertThat(log.entry(before.index())).contains(before);
            assertThat(log.search(new Filter("tanaka", null, null, null, null, null), null, 10)
                            .entries())
                    .containsExactly(after, before);
        }
    }

    @Test
    void refersToOnePersonAlways() throws Exception {
        try (var log = Samples.open(home)) {
            log.record(Act.of("tanaka", "session.open"), Result.DONE);
            log.record(Act.of("suzuki", "session.open"), Result.DONE);
            log.record(Act.of("tanaka", "session.close"), Result.DONE);
            var exported = log.export(Filter.ANY, 1, 10);

            assertThat(exported.get(0).reference())
                    .matches(Reference::is)
                    .isEqualTo(exported.get(2).reference());
            assertThat(exported.get(1).reference()).isNotEqualTo(exported.get(0).reference());
            assertThat(exported.get(0).entry().actor()).isEqualTo("tanaka");
        }
    }

    @Test
    void leavesItselfAndStrangersByTheirWord() {
        try (var log = Samples.open(home)) {
            log.record(Act.of(Act.STRANGER, "session.refused"), Result.REFUSED);

            assertThat(log.export(Filter.ANY, 0, 10))
                    .extracting(Exported::reference)
                    .containsExactly(Act.GATEWAY, Act.STRANGER);
        }
    }

    @Test
    void erasesAPersonAndNoHash() throws Exception {
        String reference;
        Proof proof;
        try (var log = Samples.open(home)) {
            Samples.fill(log, 30);
            var entry = log.record(Act.of("tanaka", "session.open").with("user", "tanaka"), Result.DONE);
            reference = log.export(Filter.ANY, entry.index(), 1).getFirst().reference();
            proof = log.proof(entry.index()).orElseThrow();
            log.forget("tanaka");

            assertThat(log.entry(entry.index()).orElseThrow().actor()).isEqualTo(reference);
            assertThat(log.entry(entry.index()).orElseThrow().detail()).containsEntry("user", reference);
            assertThat(log.search(new Filter("tanaka", null, null, null, null, null), null, 10)
                            .entries())
                    .isEmpty();
            assertThat(log.search(new Filter(reference, null, null, null, null, null), null, 10)
                            .entries())
                    .hasSize(1);
            assertThat(log.search(new Filter(null, null, "person.forget", reference, null, null), null, 10)
                            .entries())
                    .hasSize(2);
            assertThat(log.verify().holds()).isTrue();
        }
        try (var log = Samples.open(home)) {
            assertThat(log.entry(proof.index()).orElseThrow().actor()).isEqualTo(reference);
            assertThat(log.proof(proof.index()).orElseThrow().leaf()).isEqualTo(proof.leaf());
            assertThat(log.record(Act.of("tanaka", "session.open"), Result.DONE).actor())
                    .isEqualTo("tanaka");
            assertThat(log.export(new Filter("tanaka", null, null, null, null, null), 0, 10))
                    .singleElement()
                    .satisfies(again -> assertThat(again.reference()).isNotEqualTo(reference));
        }
        try (var keys = Files.list(home.resolve("keys/persons"))) {
            assertThat(keys.map(file -> file.getFileName().toString()))
                    .doesNotContain(reference.substring(2) + ".key")
                    .hasSize(8);
        }
    }

    @Test
    void doesNotForgetSomebodyWhomItDoesNotKnow() {
        try (var log = Samples.open(home)) {
            assertThatThrownBy(() -> log.forget("tanaka")).isInstanceOf(IllegalArgumentException.class);
            assertThat(log.search(Filter.ANY, null, 10).entries()).hasSize(1);
        }
    }

    @Test
    void cutsATornLastName() throws Exception {
        try (var log = Samples.open(home)) {
            log.record(Act.of("tanaka", "session.open"), Result.DONE);
        }
        Files.writeString(home.resolve("log/persons"), "{\"reference\":\"p:", StandardOpenOption.APPEND);
        try (var log = Samples.open(home)) {
            log.record(Act.of("suzuki", "session.open"), Result.DONE);
        }
        try (var log = Samples.open(home)) {
            assertThat(log.entry(1).orElseThrow().actor()).isEqualTo("tanaka");
            assertThat(log.entry(3).orElseThrow().actor()).isEqualTo("suzuki");
        }
    }

    @Test
    void doesNotOpenWithAChangedRegister() throws Exception {
        try (var log = Samples.open(home)) {
            log.record(Act.of("tanaka", "session.open"), Result.DONE);
        }
        var register = home.resolve("log/persons");
        var whole = Files.readString(register);
        for (var changed : new String[] {
            "x\n", whole.replace("p:", "q:"), whole.replaceFirst("\"sealed\":\"..", "\"sealed\":\"//"), "{}\n"
        }) {
            Files.writeString(register, changed);
            assertThatThrownBy(() -> Samples.open(home))
                    .as(changed)
                    .isInstanceOf(LogUnavailable.class)
                    .hasMessageContaining("register of persons");
        }
    }

    /** Whoever reads a person's key can seal any name with it; the reference is that of one name. */
    @Test
    void doesNotOpenWithAnotherNameUnderAPersonsKey() throws Exception {
        try (var log = Samples.open(home)) {
            log.record(Act.of("tanaka", "session.open"), Result.DONE);
            log.record(Act.of("sato", "session.open"), Result.DONE);
        }
        var register = home.resolve("log/persons");
        var whole = Files.readString(register);
        var reference = whole.replaceFirst("(?s).*?\"(p:[0-9a-f]{40})\".*", "$1");
        for (var name : new String[] {"sato", "ito"}) {
            Files.writeString(register, whole + sealed(reference, name));
            assertThatTheRegisterIsRefused();
            Files.writeString(register, sealed(reference, name));
            assertThatTheRegisterIsRefused();
        }
    }

    @Test
    void doesNotOpenWithAPersonWhoStandsInItTwice() throws Exception {
        try (var log = Samples.open(home)) {
            log.record(Act.of("tanaka", "session.open"), Result.DONE);
        }
        var register = home.resolve("log/persons");
        Files.writeString(register, Files.readString(register).repeat(2));
        assertThatTheRegisterIsRefused();

        var key = Files.readAllBytes(keyFiles().getFirst());
        Files.delete(keyFiles().getFirst());
        Files.writeString(
                register, Files.readString(register).lines().findFirst().orElseThrow() + "\n");
        try (var log = Samples.open(home)) {
            log.record(Act.of("tanaka", "session.open"), Result.DONE);
        }
        var old = Files.readString(register).replaceFirst("(?s).*?\"p:([0-9a-f]{40})\".*", "$1");
        Files.write(home.resolve("keys/persons").resolve(old + ".key"), key);
        assertThatTheRegisterIsRefused();
    }

    private void assertThatTheRegisterIsRefused() {
        assertThatThrownBy(() -> Samples.open(home))
                .isInstanceOf(LogUnavailable.class)
                .hasMessageContaining("register of persons does not hold at p:");
        assertThatThrownBy(() -> new LogReader(home)).isInstanceOf(LogUnavailable.class);
    }

    private List<Path> keyFiles() throws IOException {
        try (var files = Files.list(home.resolve("keys/persons"))) {
            return files.toList();
        }
    }

    private String sealed(String reference, String name) throws Exception {
        var key = Files.readAllBytes(Persons.keyFile(home.resolve("keys/persons"), reference));
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        var sealing = new SecretKeySpec(mac.doFinal("name".getBytes(StandardCharsets.US_ASCII)), "AES");
        cipher.init(Cipher.ENCRYPT_MODE, sealing, new GCMParameterSpec(128, new byte[12]));
        cipher.updateAAD(reference.getBytes(StandardCharsets.UTF_8));
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[12]);
        bytes.writeBytes(cipher.doFinal(name.getBytes(StandardCharsets.UTF_8)));
        var text = Base64.getEncoder().encodeToString(bytes.toByteArray());
        return "{\"reference\":\"" + reference + "\",\"sealed\":\"" + text + "\"}\n";
    }

    @Test
    void opensAReferenceForWhoeverIsShownTheKey() throws Exception {
        try (var persons = new Persons(home.resolve("persons"), home.resolve("keys"), Disk.REAL)) {
            var reference = persons.reference("tanaka");
            var key = persons.named(reference).orElseThrow().key();

            assertThat(Reference.of(key, "tanaka")).isEqualTo(reference);
            assertThat(Reference.of(key, "suzuki")).isNotEqualTo(reference);
            assertThat(persons.named("p:" + "0".repeat(40))).isEmpty();
            assertThat(Persons.read(home.resolve("persons"), home.resolve("keys")))
                    .isEqualTo(Map.of(reference, "tanaka"));
            persons.erase("tanaka");
            assertThat(Persons.read(home.resolve("persons"), home.resolve("keys")))
                    .isEmpty();
            assertThat(persons.erase("tanaka")).isFalse();
        }
    }

    @Test
    void canEraseAgainWhatCouldNotBeErased() throws Exception {
        try (var persons = new Persons(home.resolve("persons"), home.resolve("keys"), Disk.REAL)) {
            var file = Persons.keyFile(home.resolve("keys"), persons.reference("tanaka"));
            var key = Files.readAllBytes(file);
            Files.delete(file);
            Files.createDirectories(file.resolve("in-the-way"));
            assertThatThrownBy(() -> persons.erase("tanaka")).isInstanceOf(IOException.class);
            assertThat(persons.known("tanaka")).isPresent();

            Files.delete(file.resolve("in-the-way"));
            Files.delete(file);
            Files.write(file, key);
            assertThat(persons.erase("tanaka")).isTrue();
            assertThat(persons.known("tanaka")).isEmpty();
            assertThat(file).doesNotExist();
        }
    }

    /** The machine stops between the overwriting of a key and the deletion of its file. */
    @Test
    void startsWithAKeyThatWasOverwrittenAndNotYetDeleted() throws Exception {
        try (var log = Samples.open(home)) {
            log.record(Act.of("tanaka", "session.open"), Result.DONE);
        }
        try (var keys = Files.list(home.resolve("keys/persons"))) {
            Files.write(keys.findFirst().orElseThrow(), new byte[32]);
        }
        try (var log = Samples.open(home)) {
            assertThat(log.entry(1).orElseThrow().actor()).matches(Reference::is);
        }
    }

    /** Of a key that is deleted by hand it would look as if the person had been erased. */
    @Test
    void eachStartSaysHowManyPeopleThereAreAndHowManyKeysAreGone() throws Exception {
        try (var log = Samples.open(home)) {
            log.record(Act.of("sato", "session.open"), Result.DONE);
            log.record(Act.of("tanaka", "session.open"), Result.DONE);
            log.record(Act.of("suzuki", "session.open"), Result.DONE);
            log.forget("sato");
        }
        assertThat(startSays()).containsEntry("persons", "3").containsEntry("persons-without-key", "1");
        Files.delete(keyFiles().getFirst());
        assertThat(startSays()).containsEntry("persons", "3").containsEntry("persons-without-key", "2");
    }

    private Map<String, String> startSays() {
        try (var log = Samples.open(home)) {
            var opened = new Filter(null, null, Opening.OPENED, null, null, null);
            return log.search(opened, null, 1).entries().getFirst().detail();
        }
    }

    @Test
    void saltsEveryEntrySoThatNoGuessIsConfirmed() throws Exception {
        try (var log = Samples.open(home)) {
            log.record(Samples.act(1), Result.DONE);
            log.record(Samples.act(1), Result.DONE);
        }
        var salts = Files.readAllLines(home.resolve("log/entries-000000000.jsonl")).stream()
                .map(line -> line.replaceAll(".*\"salt\":\"([A-Za-z0-9_-]{22})\".*", "$1"))
                .toList();
        assertThat(salts).hasSize(3).doesNotHaveDuplicates().allMatch(salt -> salt.length() == 22);
    }
}
