package org.sekisho.gateway.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.gateway.Needed;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Entry;
import org.sekisho.gateway.audit.FileAuditLog;
import org.sekisho.gateway.audit.Filter;
import org.sekisho.gateway.audit.Phase;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.audit.tlog.VerifierKeys;
import org.sekisho.gateway.audit.verify.VerifyCommand;
import org.sekisho.gateway.backup.Manifest.Kind;
import org.sekisho.gateway.backup.Manifest.Piece;
import org.sekisho.gateway.store.Store;

/** A home with a real store and a real log, and files such as a gateway has. */
class BackupTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2026-01-02T03:04:05.123456789Z"));

    @TempDir
    Path folder;

    private Path home;
    private Path to;
    private Path back;
    private Store store;
    private FileAuditLog log;
    private Backup backup;

    @BeforeEach
    void open() throws IOException {
        home = folder.resolve("home");
        to = folder.resolve("to");
        back = folder.resolve("back");
        store = Store.open(home);
        store.run(handle -> handle.execute("create table probe (n integer primary key)"));
        log = FileAuditLog.open(home.resolve("log"), home.resolve("keys"), Clock.systemUTC());
        write("projects/p/held/o-aaaaaaaaaaaa/result.csv", "prefecture,n\n");
        write("projects/p/held/o-aaaaaaaaaaaa/leaving/表.csv", "県,数\n");
        write("vault/life/1/person.0.parquet", "not really");
        write("run/spill", "not to be kept");
        write("projects/p/scratch/t-aaaaaaaaaaaa/result.arrow", "not to be kept");
        backup = new Backup(home, store, log, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        store.close();
        log.close();
    }

    private Path write(String path, String text) throws IOException {
        var file = home.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Restore.Restored restore() {
        return new Restore(to, back, null).run();
    }

    @Test
    void everyFileComesBackWithItsModeAndItsTime() throws IOException {
        var file = home.resolve("projects/p/held/o-aaaaaaaaaaaa/result.csv");
        Files.setAttribute(file, "unix:mode", 0640);
        Files.setLastModifiedTime(file, LONG_AGO);
        Files.createSymbolicLink(home.resolve("projects/p/held/link"), Path.of("o-aaaaaaaaaaaa/result.csv"));
        Files.createDirectory(home.resolve("projects/p/held/empty"));

        backup.into(to, "tester");
        restore();

        var restored = back.resolve("projects/p/held/o-aaaaaaaaaaaa/result.csv");
        assertThat(restored).hasContent("prefecture,n\n");
        assertThat((Integer) Files.getAttribute(restored, "unix:mode") & 07777).isEqualTo(0640);
        assertThat(Files.getLastModifiedTime(restored)).isEqualTo(LONG_AGO);
        assertThat(back.resolve("projects/p/held/o-aaaaaaaaaaaa/leaving/表.csv")).hasContent("県,数\n");
        assertThat(Files.readSymbolicLink(back.resolve("projects/p/held/link")))
                .isEqualTo(Path.of("o-aaaaaaaaaaaa/result.csv"));
        assertThat(back.resolve("projects/p/held/empty")).isEmptyDirectory();
        assertThat(back.resolve("run")).doesNotExist();
        assertThat(back.resolve("projects/p/scratch")).doesNotExist();
        assertThat((Integer) Files.getAttribute(back, "unix:mode") & 07777).isEqualTo(0700);
        assertThat((Integer) Files.getAttribute(to, "unix:mode") & 07777).isEqualTo(0700);
    }

    @Test
    void aStoppedHomeBehindALinkIsBackedUpWhole() throws IOException {
        store.close();
        log.close();
        var link = Files.createSymbolicLink(folder.resolve("link"), home);
        assertThat(command(link, link.resolve("backups"))).contains("a backup lies outside the home");
        assertThat(command(link, to)).isEmpty();
        restore();
        assertThat(back.resolve("projects/p/held/o-aaaaaaaaaaaa/result.csv")).hasContent("prefecture,n\n");
        assertThat(back.resolve("vault/life/1/person.0.parquet")).hasContent("not really");
    }

    private static String command(Path home, Path to) {
        var err = new ByteArrayOutputStream();
        var ignored = BackupCommand.run(
                List.of("--home", home.toString(), "--to", to.toString()),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aPartOfTheHomeThatLiesElsewhereIsRefusedByName() throws IOException {
        var part = home.resolve("projects/p/held/o-aaaaaaaaaaaa/elsewhere");
        Files.createSymbolicLink(part, folder);
        assertThatThrownBy(() -> backup.into(to, "tester"))
                .hasMessageContaining("projects/p/held/o-aaaaaaaaaaaa/elsewhere is a link out of the home");
        Files.delete(part);
        Files.move(home.resolve("vault"), folder.resolve("vault"));
        Files.createSymbolicLink(home.resolve("vault"), folder.resolve("vault"));
        to = folder.resolve("another");
        assertThatThrownBy(() -> backup.into(to, "tester"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("home/vault is a link");
    }

    @Test
    void linksOfVisitorsAndImagesAreKeptWhereverTheyLead() throws IOException {
        for (var inside : List.of("projects/p/homes/p-u.d", "images/desktop")) {
            Files.createDirectories(home.resolve(inside));
            Files.createSymbolicLink(home.resolve(inside).resolve("link"), Path.of("/etc/mtab"));
        }
        backup.into(to, "tester");
        restore();
        assertThat(Files.readSymbolicLink(back.resolve("projects/p/homes/p-u.d/link")))
                .isEqualTo(Path.of("/etc/mtab"));
        assertThat(Files.readSymbolicLink(back.resolve("images/desktop/link"))).isEqualTo(Path.of("/etc/mtab"));
    }

    /** Its key is kept before its ciphertext has its name, and a key without ciphertext is a disk that is missing. */
    @Test
    void aProjectThatBeginsAtThatMomentBeginsAfterTheRestore() throws IOException {
        write("rest/born/gocryptfs.conf", "of a project");
        write("keys/rest/born", "wrapped");
        write("rest/.new-unborn/gocryptfs.conf", "of a project in the making");
        write("keys/rest/unborn", "wrapped");
        write("keys/rest/closed", "");
        backup.into(to, "tester");
        restore();
        try (var keys = Files.list(back.resolve("keys/rest"))) {
            assertThat(keys.map(key -> String.valueOf(key.getFileName()))).containsExactlyInAnyOrder("born", "closed");
        }
        assertThat(home.resolve("keys/rest/unborn")).as("there it goes on").hasContent("wrapped");
    }

    @Test
    void whatComesAndGoesWithAJobIsNotTaken() throws IOException {
        write("projects/p/homes/fresh-j-aaaaaaaaaaaa.ext4", "of a job");
        write("projects/p/homes/fresh-j-bbbbbbbbbbbb.d/file", "of a job");
        write("projects/p/homes/p-u.ext4.new", "in the making");
        write("projects/p/homes/p-u.d/file", "somebody's");
        backup.into(to, "tester");
        restore();
        assertThat(back.resolve("projects/p/homes/p-u.d/file")).hasContent("somebody's");
        try (var homes = Files.list(back.resolve("projects/p/homes"))) {
            assertThat(homes).containsExactly(back.resolve("projects/p/homes/p-u.d"));
        }
    }

    @Test
    void whatVanishesMeanwhileWasNotThere() throws Exception {
        var live = home.resolve("projects/p/homes/p-u.d");
        Files.createDirectories(live);
        var going = new AtomicBoolean(true);
        var visitor = Thread.ofPlatform().start(() -> {
            for (int i = 0; going.get(); i = (i + 1) % 20) {
                comeAndGo(live.resolve("f" + i), live.resolve("f" + (i + 10) % 20));
            }
        });
        for (int round = 0; round < 5; round++) {
            to = folder.resolve("to" + round);
            back = folder.resolve("back" + round);
            backup.into(to, "tester");
            assertThat(restore().files()).isGreaterThan(5);
        }
        going.set(false);
        visitor.join();
    }

    private static void comeAndGo(Path comes, Path goes) {
        try {
            Files.writeString(comes, "here");
            Files.deleteIfExists(goes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void holesStayHoles() throws IOException {
        var disk = home.resolve("projects/p/homes/p-u.ext4");
        Files.createDirectories(disk.getParent());
        try (var file = new RandomAccessFile(disk.toFile(), "rw")) {
            file.setLength(200 << 20);
            file.seek(100 << 20);
            file.writeBytes("in the middle");
        }
        backup.into(to, "tester");
        restore();
        for (var copy :
                List.of(to.resolve("files/projects/p/homes/p-u.ext4"), back.resolve("projects/p/homes/p-u.ext4"))) {
            assertThat(Files.mismatch(copy, disk)).isEqualTo(-1);
            assertThat(allocated(copy)).isLessThan(1 << 20);
        }
    }

    private static long allocated(Path file) throws IOException {
        var process = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
        return 512
                * Long.parseLong(
                        new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
    }

    @Test
    void theStoreAndTheLogAreOfOneMoment() throws Exception {
        var going = new AtomicBoolean(true);
        var load = Thread.ofPlatform().start(() -> {
            for (int i = 0; going.get(); i++) {
                int n = i;
                var by = n % 10 == 0 ? "newcomer-" + n : "sekisho";
                var intent = log.intent(Act.of(by, "probe.write").on("n" + n));
                store.run(handle -> handle.execute("insert into probe values (?)", n));
                log.outcome(intent, Result.DONE, Map.of());
            }
        });
        var signing = Thread.ofPlatform().start(() -> {
            while (going.get()) {
                log.proof(0);
            }
        });
        awaitRow();
        for (int round = 0; round < 6; round++) {
            Thread.sleep(30);
            to = folder.resolve("to" + round);
            back = folder.resolve("back" + round);
            var made = backup.into(to, "tester");
            var restored = restore();
            assertThat(restored.logSize()).isEqualTo(made.logSize());
            assertThat(restored.logRoot()).isEqualTo(made.logRoot());
            assertThat(verified(back)).isEqualTo(made.logSize());
            assertOneMoment(back);
        }
        going.set(false);
        load.join();
        signing.join();
        assertThat(log.verify().holds()).isTrue();
    }

    private void awaitRow() throws InterruptedException {
        for (int i = 0; i < 3_000; i++) {
            if (store.read(handle -> handle.createQuery("select count(*) from probe")
                            .mapTo(Long.class)
                            .one())
                    > 0) {
                return;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("nothing is written");
    }

    /** What has an outcome was done; what was done was announced. */
    private static void assertOneMoment(Path home) {
        try (var store = Store.open(home);
                var log = FileAuditLog.open(home.resolve("log"), home.resolve("keys"), Clock.systemUTC())) {
            Set<String> rows = store.read(handle -> handle.createQuery("select 'n' || n from probe")
                    .mapTo(String.class)
                    .set());
            assertThat(rows).isNotEmpty();
            assertThat(rows).containsAll(probes(log, Phase.OUTCOME, Result.DONE));
            assertThat(probes(log, Phase.INTENT, null)).containsAll(rows);
            assertThat(log.search(new Filter(null, null, "log.open", null, null, null), null, 1)
                            .entries()
                            .getFirst()
                            .detail())
                    .containsEntry("persons-without-key", "0");
        }
    }

    private static Set<String> probes(FileAuditLog log, Phase phase, @Nullable Result result) {
        var filter = new Filter(null, null, "probe.write", null, null, null);
        var found = new TreeSet<String>();
        String cursor = null;
        do {
            var page = log.search(filter, cursor, 1000);
            found.addAll(page.entries().stream()
                    .filter(entry -> entry.phase() == phase && (result == null || result == entry.result()))
                    .map(BackupTest::object)
                    .collect(Collectors.toSet()));
            cursor = page.next();
        } while (cursor != null);
        return found;
    }

    private static String object(Entry entry) {
        return String.valueOf(entry.object());
    }

    private static long verified(Path home) {
        var out = new ByteArrayOutputStream();
        var code = VerifyCommand.run(
                List.of(home.toString(), "--key", home.resolve("log/key.pub").toString()),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                System.err);
        assertThat(code).isZero();
        return Long.parseLong(out.toString(StandardCharsets.UTF_8).strip());
    }

    @Test
    void theLogSaysThatABackupWasMadeAndTheBackupThatItWasBegun() {
        var made = backup.into(to, "tester");
        var entries = log.search(new Filter(null, null, "backup.create", null, null, null), null, 10)
                .entries();
        assertThat(entries).hasSize(2);
        assertThat(entries.getFirst().result()).isEqualTo(Result.DONE);
        assertThat(entries.getFirst().detail()).containsEntry("files", Long.toString(made.files()));
        assertThat(entries.getLast().object()).isEqualTo(made.backup());
        assertThat(entries.getLast().index()).isLessThan(made.logSize());
    }

    @Test
    void nothingIsLeftInTheHomeAfterwards() {
        backup.into(to, "tester");
        assertThat(home.resolve("run/backup")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "projects/p/held/o-aaaaaaaaaaaa/result.csv",
                "projects/p/held/o-aaaaaaaaaaaa/leaving/表.csv",
                "vault/life/1/person.0.parquet",
                "sekisho.db",
                "keys/log.key",
                "log/entries-000000000.jsonl"
            })
    void aDamagedOrMissingFileIsRefusedByName(String path) throws IOException {
        backup.into(to, "tester");
        var file = to.resolve("files").resolve(path);
        flip(file, Files.size(file) / 2);
        assertThatThrownBy(this::restore).isInstanceOf(Restore.Damaged.class).hasMessage(path + " is damaged");
        assertThat(back).doesNotExist();

        Files.delete(file);
        assertThatThrownBy(this::restore).isInstanceOf(Restore.Damaged.class).hasMessage(path + " is missing");
        assertThat(folder.resolve("back.restoring")).doesNotExist();
    }

    @Test
    void whatHasTheNameOfAnUnfinishedRestoreIsLeftAlone() throws IOException {
        backup.into(to, "tester");
        var theirs = Files.createDirectory(folder.resolve("back.restoring")).resolve("theirs");
        Files.writeString(theirs, "of somebody");
        assertThatThrownBy(this::restore)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("back.restoring is there already");
        assertThat(theirs).hasContent("of somebody");
        assertThat(back).doesNotExist();

        Files.delete(theirs);
        Files.delete(theirs.resolveSibling(""));
        assertThat(restore().files()).isGreaterThan(5);
    }

    @Test
    void theLogNamesWhoMadeABackupByReferenceAlone() throws IOException {
        backup.into(to, "tester");
        var made = new Filter(null, null, "backup.create", null, null, null);
        assertThat(log.search(made, null, 2).entries().getLast().detail()).containsEntry("by", "tester");
        assertThat(home.resolve("log/entries-000000000.jsonl"))
                .content()
                .contains("\"by\":\"p:")
                .doesNotContain("tester");
    }

    @Test
    void aFileThatIsLongerOrALinkIsRefused() throws IOException {
        backup.into(to, "tester");
        var file = to.resolve("files/projects/p/held/o-aaaaaaaaaaaa/result.csv");
        Files.writeString(file, "\0", StandardOpenOption.APPEND);
        assertThatThrownBy(this::restore).hasMessageContaining("result.csv is damaged");
        Files.delete(file);
        Files.createSymbolicLink(file, home.resolve("projects/p/held/o-aaaaaaaaaaaa/result.csv"));
        assertThatThrownBy(this::restore).hasMessageContaining("result.csv is missing");
    }

    @Test
    void aBackupThatWasNotFinishedIsRefused() throws IOException {
        backup.into(to, "tester");
        Files.delete(to.resolve("seal"));
        assertThatThrownBy(this::restore).hasMessageStartingWith("seal is missing");
        assertThat(back).doesNotExist();
    }

    @Test
    void aManifestThatWasChangedIsRefused() throws IOException {
        backup.into(to, "tester");
        var manifest = to.resolve("manifest");
        var text = Files.readString(manifest);
        Files.writeString(manifest, text.replace("result.csv", "resulu.csv"));
        assertThatThrownBy(this::restore).hasMessage("manifest is not what was sealed");
        Files.writeString(manifest, text + "\n");
        assertThatThrownBy(this::restore).hasMessage("manifest is not what was sealed");
    }

    @Test
    void nothingIsRestoredThroughALink() throws IOException {
        var elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        backup.into(to, "tester");
        var sealed = Manifest.parse(Files.readAllBytes(to.resolve("manifest")));
        var planted = to.resolve("files/x/planted");
        Files.createDirectories(planted.getParent());
        Files.writeString(planted, "root::0:0");
        var file = Piece.of(planted, "x/planted", Kind.FILE).with(Copied.asIs(planted));
        for (var more : List.of(
                List.of(link("x", elsewhere), file),
                List.of(file, link("x", elsewhere)),
                List.of(link("x", elsewhere), link("x/y", folder)),
                List.of(link("x", elsewhere), Piece.of(elsewhere, "x", Kind.FOLDER), file))) {
            reseal(sealed, more);
            assertThatThrownBy(this::restore)
                    .isInstanceOf(Restore.Damaged.class)
                    .hasMessageStartingWith("the manifest names x");
            assertThat(elsewhere).isEmptyDirectory();
        }
        reseal(sealed, List.of(link("restored", elsewhere.resolve("mark"))));
        restore();
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(back.resolve("restored")).isRegularFile();
    }

    private static Piece link(String path, Path to) {
        return new Piece(path, Kind.LINK, "777", 0, 0, null, null, null, to.toString());
    }

    private void reseal(Manifest sealed, List<Piece> more) throws IOException {
        var pieces = new ArrayList<>(sealed.pieces());
        pieces.addAll(more);
        var text = new Manifest(sealed.head(), pieces).text();
        Files.write(to.resolve("manifest"), text);
        Files.writeString(to.resolve("seal"), Seal.over(text, home.resolve("keys/log.key"), Instant.now()));
    }

    /** Somebody who has the backup can seal it anew, with keys of their own. */
    @Test
    void keysFromElsewhereSeeThroughABackupOfAnotherLog() throws IOException {
        backup.into(to, "tester");
        try (var other = FileAuditLog.open(folder.resolve("log"), folder.resolve("keys"), Clock.systemUTC())) {
            assertThat(other.available()).isTrue();
        }
        var foreign = VerifierKeys.parse(Files.readString(folder.resolve("log/key.pub")));
        assertThatThrownBy(() -> new Restore(to, back, foreign).run())
                .hasMessage("seal is not by the keys of this log");
        var own = VerifierKeys.parse(Files.readString(home.resolve("log/key.pub")));
        assertThat(new Restore(to, back, own).run().files()).isGreaterThan(5);
    }

    @Test
    void nothingIsWrittenOverAHomeOrABackup() throws IOException {
        backup.into(to, "tester");
        assertThatThrownBy(() -> backup.into(to, "tester"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not empty");
        assertThatThrownBy(() -> backup.into(home.resolve("backups"), "tester"))
                .isInstanceOf(IllegalArgumentException.class);
        Files.createDirectory(back);
        Files.writeString(back.resolve("mine"), "mine");
        assertThatThrownBy(this::restore)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not empty");
        assertThat(back.resolve("mine")).hasContent("mine");
        Files.delete(back.resolve("mine"));
        assertThat(restore().files()).isGreaterThan(5);
    }

    @Test
    void aBackupThatFailsSaysSoInTheLog() throws IOException {
        write("projects/p/held/o-aaaaaaaaaaaa/large.csv", "1234567,".repeat(300_000));
        Files.createDirectory(to);
        var mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", to.toString()).start();
        Needed.that(mount.onExit().join().exitValue() == 0, "mount, as root");
        try {
            assertThatThrownBy(() -> backup.into(to, "tester"))
                    .hasMessageStartingWith("the backup cannot be made: projects/p/held/o-aaaaaaaaaaaa/large.csv: ");
            assertThat(log.search(new Filter(null, null, "backup.create", null, null, null), null, 1)
                            .entries()
                            .getFirst()
                            .result())
                    .isEqualTo(Result.FAILED);
            assertThat(home.resolve("run/backup")).doesNotExist();
        } finally {
            new ProcessBuilder("umount", to.toString()).start().onExit().join();
        }
    }

    /** No file of it can have a second name in the home. */
    @Test
    void aLogOnADiskOfItsOwnIsBackedUpWithWhatIsWrittenAtThatMoment() throws Exception {
        log.close();
        var directory = home.resolve("log");
        var mount = new ProcessBuilder("mount", "-t", "tmpfs", "tmpfs", directory.toString()).start();
        Needed.that(mount.onExit().join().exitValue() == 0, "mount, as root");
        try {
            log = FileAuditLog.open(directory, home.resolve("keys"), Clock.systemUTC());
            log.record(Act.of("somebody", "session.open"), Result.DONE);
            var made = new Backup(home, store, log, Clock.systemUTC()).into(to, "tester");
            assertThat(restore().logSize()).isEqualTo(made.logSize());
            assertThat(verified(back)).isEqualTo(made.logSize());
            assertThat((Integer) Files.getAttribute(back.resolve("log"), "unix:mode"))
                    .isEqualTo(Files.getAttribute(directory, "unix:mode"));
        } finally {
            log.close();
            new ProcessBuilder("umount", directory.toString()).start().onExit().join();
        }
    }

    /** Between the checkpoint that is taken and what it covers the log may sign that it drops entries, and drop them. */
    @Test
    void entriesThatAreDroppedMeanwhileAreStillInABackup() throws IOException {
        var entries = home.resolve("log/entries-000000000.jsonl");
        Files.createFile(home.resolve("log/entries-000065536.jsonl")); // as if that one was full
        new Backup(home, store, dropping(entries), Clock.systemUTC()).into(to, "tester");

        assertThat(restore().files()).isGreaterThan(5);
        assertThat(back.resolve("log/entries-000000000.jsonl")).exists();
    }

    /** The log, of which a file is gone from the signature on that a backup asks for until the backup is made. */
    private AuditLog dropping(Path file) {
        var gone = folder.resolve("gone");
        return (AuditLog) Proxy.newProxyInstance(
                AuditLog.class.getClassLoader(), new Class<?>[] {AuditLog.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("outcome")) {
                        Files.move(gone, file);
                    }
                    var answer = method.invoke(log, arguments);
                    if (method.getName().equals("proof")) {
                        Files.move(file, gone);
                    }
                    return answer;
                });
    }

    private static void flip(Path file, long at) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int was = bytes.read();
            bytes.seek(at);
            bytes.write(was ^ 1);
        }
    }
}
