package org.sekisho.gateway.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.sekisho.engine.catalog.Text;
import org.sekisho.engine.provision.ProjectFolders;
import org.sekisho.gateway.audit.Entry;
import org.sekisho.gateway.audit.FileAuditLog;
import org.sekisho.gateway.audit.Filter;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.desktop.Connecting.Connected;
import org.sekisho.gateway.desktop.Connecting.NotNow;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.project.Projects;
import org.sekisho.gateway.project.Visiting;
import org.sekisho.gateway.store.Store;

final class DesktopsTest {
    private static final Screen SCREEN = new Screen(1_280, 800, 96, "Asia/Tokyo");
    private static final String CANARY = "CANARY-4711";

    static final List<String> CLOSED = DrawingTest.CLOSED;

    static final List<String> GARBAGE = List.of(
            "no instruction at all",
            "99999.a;",
            "-1.a;",
            "4294967300.sync;",
            "4.sync,1.1",
            "1.\uD83D\uDE00\uD83D\uDE00;",
            "4.blob,1.1,4.AAAA;",
            "3.end,1.1;",
            Instruction.of("blob", "1", Base64.getEncoder().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8)))
                    .wire(),
            Pictures.img(1, (CANARY + "1234567890").getBytes(StandardCharsets.UTF_8)),
            "4.file,1.1,10.text/plain,11." + CANARY + ";",
            "11." + CANARY + ";");

    @TempDir
    Path folder;

    private Store store;
    private FileAuditLog log;
    private FakeSeats seats;
    private Recordings recordings;
    private Desktops desktops;
    private final Somebody researcher = new Somebody();

    private static final class Somebody implements Visitor {
        private volatile boolean signedIn = true;

        @Override
        public String id() {
            return "u-1";
        }

        @Override
        public String name() {
            return "researcher";
        }

        @Override
        public boolean signedIn() {
            return signedIn;
        }

        @Override
        public void active() {}
    }

    @BeforeEach
    void open() {
        store = Store.open(folder.resolve("home"));
        log = FileAuditLog.open(folder.resolve("home/log"), folder.resolve("home/keys"), Clock.systemUTC());
        new Projects(store).grant(permit(), "u-2");
        recordings = Recordings.open(
                folder.resolve("home"), ProjectFolders.in(folder.resolve("home")), store, log, Clock.systemUTC());
        seats = new FakeSeats();
        desktops = new Desktops(seats, recordings, log, Clock.systemUTC(), Duration.ofMinutes(15));
    }

    @AfterEach
    void close() {
        desktops.close();
        log.close();
        store.close();
    }

    @Test
    void showsTheFirstFrameAndCarriesKeysAndTheMouse() throws InterruptedException {
        try (var guacd = FakeGuacd.drawing(folder)) {
            var viewer = new FakeViewer();
            var viewing = connect(sit(guacd, false, false), viewer);
            assertThat(viewer.sees("4.sync,8.15570997;")).isTrue();
            viewing.hear("3.key,5.65293,1.1;3.key,5.65293,1.0;5.mouse,2.10,2.20,1.1;4.sync,8.15570997;3.nop;");
            assertThat(guacd.next("key")).isEqualTo(Instruction.of("key", "65293", "1"));
            assertThat(guacd.next("mouse")).isEqualTo(Instruction.of("mouse", "10", "20", "1"));
            assertThat(guacd.next("sync")).isEqualTo(Instruction.of("sync", "15570997"));
            assertThat(seats.seen).hasValue(3);
            viewing.hear("0.,4.ping,13.1700000000000;");
            assertThat(viewer.sees("0.,4.ping,13.1700000000000;")).isTrue();
            viewing.hear("10.disconnect;");
            assertThat(viewer.ending()).isEqualTo(Ending.LEFT);
            assertThat(actions()).contains("desktop.connect", "desktop.disconnect");
        }
    }

    @Tag("abuse-80")
    @Test
    void parametersOfTheConnectionAreOursAlone() throws InterruptedException {
        try (var guacd = FakeGuacd.drawing(folder)) {
            var viewer = new FakeViewer();
            connect(sit(guacd, false, false), viewer);
            viewer.sees("sync");
            assertThat(guacd.heard)
                    .contains(
                            Instruction.of("select", "vnc"),
                            Instruction.of("size", "1280", "800", "96"),
                            Instruction.of("audio"),
                            Instruction.of("video"),
                            Instruction.of("image", "image/png", "image/jpeg"),
                            Instruction.of("timezone", "Asia/Tokyo"),
                            Instruction.of("connect", "VERSION_1_3_0", "/run/desk/vnc.sock", "0", "true", "true", ""));
        }
    }

    @Tag("abuse-79")
    @Tag("abuse-78")
    @Tag("abuse-77")
    @ParameterizedTest
    @FieldSource("CLOSED")
    void whateverAHostileGuacdSendsNothingButDrawingReachesTheViewer(String wire) throws InterruptedException {
        hostile(wire);
    }

    @Tag("abuse-83")
    @ParameterizedTest
    @FieldSource("GARBAGE")
    void garbageOfAHostileGuacdEndsTheSession(String wire) throws InterruptedException {
        if (wire.equals("4.sync,1.1")) {
            return; // not complete, so it is waited for: see the bound of the parser
        }
        hostile(wire);
    }

    private void hostile(String wire) throws InterruptedException {
        try (var guacd = FakeGuacd.saying(folder, FakeGuacd.FIRST_FRAME + wire + "4.sync,3.999;")) {
            var viewer = new FakeViewer();
            connect(sit(guacd, false, false), viewer);
            assertThat(viewer.ending()).isEqualTo(Ending.VIOLATION);
            var shown = viewer.shown();
            assertThat(shown).doesNotContain("3.999").doesNotContain(CANARY);
            var entry = entry("desktop.violation");
            assertThat(entry.result()).isEqualTo(Result.REFUSED);
            assertThat(entry.detail()).containsKeys("opcode", "rule", "side");
            assertThat(entry.detail().toString()).doesNotContain(CANARY);
        }
    }

    @Test
    void anInstructionThatNeverEndsIsNotWaitedForInMemory() throws InterruptedException {
        try (var guacd = FakeGuacd.saying(folder, FakeGuacd.FIRST_FRAME + "4.rect" + ",1.0".repeat(200))) {
            var viewer = new FakeViewer();
            connect(sit(guacd, false, false), viewer);
            assertThat(viewer.ending()).isEqualTo(Ending.VIOLATION);
        }
    }

    @ParameterizedTest
    @FieldSource("VIEWER")
    void aHostileViewerIsSentAway(String wire) throws InterruptedException {
        try (var guacd = FakeGuacd.drawing(folder)) {
            var viewer = new FakeViewer();
            var viewing = connect(sit(guacd, false, false), viewer);
            viewing.hear(wire);
            assertThat(viewer.ending()).isEqualTo(Ending.VIOLATION);
            assertThat(entry("desktop.violation").detail()).containsEntry("side", "viewer");
            assertThat(guacd.heard)
                    .noneMatch(heard -> List.of("clipboard", "blob", "file", "pipe", "argv", "put", "get")
                            .contains(heard.opcode()));
        }
    }

    static final List<String> VIEWER = List.of(
            "garbage",
            "3.key,5.65293,1.1",
            "3.key,5.65293,1.2;",
            "3.key,1.0,1.1;",
            "3.key,10.4294967295,1.1;",
            "3.key,6.canary,1.1;",
            "5.mouse,6.999999,1.1,1.0;",
            "4.size,1.1,1.1;",
            "4.size,5.99999,5.99999;",
            "9.clipboard,1.0,10.text/plain;",
            "4.blob,1.0,4.AAAA;",
            "3.end,1.0;",
            "4.file,1.0,10.text/plain,1.a;",
            "4.pipe,1.0,10.text/plain,1.a;",
            "4.argv,1.0,10.text/plain,8.password;",
            "3.put,1.0,1.0,10.text/plain,1.a;",
            "3.get,1.0,1.a;",
            "5.audio,1.0,9.audio/L16;",
            "6.select,3.ssh;",
            "7.connect,9.localhost;",
            "4.join,36.eea12825-2c52-4dcd-ae4c-855486fdc511;",
            "0.,4.evil,1.1;",
            "3.ack,2.99,2.OK,1.0;",
            "3.nop," + "1.a,".repeat(200) + "1.a;");

    @Test
    void aBinaryFrameIsAViolation() throws InterruptedException {
        try (var guacd = FakeGuacd.drawing(folder)) {
            var viewer = new FakeViewer();
            connect(sit(guacd, false, false), viewer).garbled();
            assertThat(viewer.ending()).isEqualTo(Ending.VIOLATION);
        }
    }

    @Test
    @Tag("abuse-76")
    void theClipboardGoesInWholeAndLoggedWhereThePermitAllowsIt() throws InterruptedException {
        try (var guacd = FakeGuacd.drawing(folder)) {
            var viewer = new FakeViewer();
            var viewing = connect(sit(guacd, true, false), viewer);
            var text = "貼り付け".repeat(2_000).getBytes(StandardCharsets.UTF_8);
            var data = Base64.getEncoder();
            viewing.hear("9.clipboard,1.5,10.text/plain;");
            for (int from = 0; from < text.length; from += 3_000) {
                var part = Arrays.copyOfRange(text, from, Math.min(text.length, from + 3_000));
                viewing.hear(
                        Instruction.of("blob", "5", data.encodeToString(part)).wire());
            }
            viewing.hear("3.end,1.5;");
            assertThat(guacd.next("clipboard")).isEqualTo(Instruction.of("clipboard", "0", "text/plain"));
            assertThat(guacd.next("end")).isEqualTo(Instruction.of("end", "0"));
            assertThat(entry("desktop.clipboard").detail()).containsEntry("bytes", Integer.toString(text.length));
        }
    }

    @Tag("abuse-76")
    @Test
    void aClipboardBeyondTheBoundEndsTheSession() throws InterruptedException {
        try (var guacd = FakeGuacd.drawing(folder)) {
            var viewer = new FakeViewer();
            var viewing = connect(sit(guacd, true, false), viewer);
            viewing.hear("9.clipboard,1.5,10.text/plain;");
            var blob = Instruction.of("blob", "5", "QUFB".repeat(2_000)).wire();
            for (int i = 0; i < 60 && viewer.isOpen(); i++) {
                viewing.hear(blob);
            }
            assertThat(viewer.ending()).isEqualTo(Ending.VIOLATION);
            assertThat(guacd.heard).noneMatch(heard -> heard.opcode().equals("clipboard"));
        }
    }

    @Tag("abuse-76")
    @Test
    void theClipboardNeverComesOut() throws InterruptedException {
        try (var guacd = FakeGuacd.saying(
                folder, FakeGuacd.FIRST_FRAME + "9.clipboard,1.1,10.text/plain;4.blob,1.1,8.Q0FOQVJZ;3.end,1.1;")) {
            var viewer = new FakeViewer();
            connect(sit(guacd, true, false), viewer);
            assertThat(viewer.ending()).isEqualTo(Ending.VIOLATION);
            assertThat(viewer.shown()).doesNotContain("Q0FOQVJZ").doesNotContain("clipboard");
        }
    }

    @Test
    @Tag("abuse-82")
    void aSecondViewerIsAskedAndTheFirstOneToldWhenItGoes() throws InterruptedException {
        try (var guacd = FakeGuacd.drawing(folder)) {
            var first = new FakeViewer();
            var seat = sit(guacd, false, false);
            connect(seat, first);
            assertThat(desktops.connect(seat, researcher, new FakeViewer(), SCREEN, "other", false))
                    .isEqualTo(new NotNow(Ending.OCCUPIED));
            assertThat(first.isOpen()).isTrue();
            var second = new FakeViewer();
            assertThat(desktops.connect(seat, researcher, second, SCREEN, "other", true))
                    .isInstanceOf(Connected.class);
            assertThat(first.ending()).isEqualTo(Ending.TAKEN_OVER);
            assertThat(second.sees("sync")).isTrue();
            assertThat(actions()).contains("desktop.takeover");
            assertThat(desktops.watched()).isEqualTo(1);
        }
    }

    @Test
    void thePageThatComesBackAfterABrokenLineNeedNotAsk() throws InterruptedException {
        try (var guacd = FakeGuacd.drawing(folder)) {
            var seat = sit(guacd, false, false);
            connect(seat, new FakeViewer());
            var again = new FakeViewer();
            assertThat(desktops.connect(seat, researcher, again, SCREEN, "window", false))
                    .isInstanceOf(Connected.class);
            assertThat(again.sees("sync")).isTrue();
        }
    }

    @Test
    void aPageWithoutANameIsNeverTheOneThatWasThere() throws InterruptedException {
        try (var guacd = FakeGuacd.drawing(folder)) {
            var seat = sit(guacd, false, false);
            var first = new FakeViewer();
            assertThat(desktops.connect(seat, researcher, first, SCREEN, "", false))
                    .isInstanceOf(Connected.class);
            assertThat(desktops.connect(seat, researcher, new FakeViewer(), SCREEN, "", false))
                    .isEqualTo(new NotNow(Ending.OCCUPIED));
            assertThat(first.isOpen()).isTrue();
            assertThat(desktops.connect(seat, researcher, new FakeViewer(), SCREEN, "", true))
                    .isInstanceOf(Connected.class);
            assertThat(first.ending()).isEqualTo(Ending.TAKEN_OVER);
            assertThat(actions()).contains("desktop.takeover");
        }
    }

    @Tag("abuse-81")
    @Test
    void theIdOfATunnelIsAnotherOneEachTimeAndOpensNothing() throws InterruptedException {
        try (var guacd = FakeGuacd.drawing(folder)) {
            var one = new FakeViewer();
            var two = new FakeViewer();
            var seat = sit(guacd, false, false);
            connect(seat, one);
            connect(seat, two);
            assertThat(two.sees("sync")).isTrue();
            assertThat(one.shown().substring(0, 40))
                    .startsWith("0.,36.")
                    .isNotEqualTo(two.shown().substring(0, 40));
        }
    }

    @Test
    void aDesktopThatNobodyTouchesIsLocked() throws InterruptedException {
        try (var guacd = FakeGuacd.drawing(folder);
                var impatient = new Desktops(seats, recordings, log, Clock.systemUTC(), Duration.ofMillis(300))) {
            var viewer = new FakeViewer();
            var seat = sit(guacd, false, false);
            impatient.connect(seat, researcher, viewer, SCREEN, "window", false);
            assertThat(viewer.ending()).isEqualTo(Ending.IDLE);
            for (int i = 0; i < 200 && seats.locked.isEmpty(); i++) {
                Thread.sleep(10);
            }
            assertThat(seats.locked).containsExactly("w-1");
            assertThat(impatient.connect(seats.seat("w-1").orElseThrow(), researcher, viewer, SCREEN, "window", false))
                    .isEqualTo(new NotNow(Ending.LOCKED));
        }
    }

    @Test
    void whatEndsElsewhereEndsTheViewOfItWithinASecond() throws InterruptedException {
        try (var guacd = FakeGuacd.drawing(folder)) {
            for (var why : List.of(Ending.SECURITY, Ending.EXPIRED, Ending.OWNER, Ending.LOCKED, Ending.BROKEN)) {
                var viewer = new FakeViewer();
                connect(sit(guacd, false, false), viewer);
                seats.close("w-1", why);
                desktops.lookAt("w-1");
                assertThat(viewer.ending()).isEqualTo(why);
            }
            var viewer = new FakeViewer();
            connect(sit(guacd, false, false), viewer);
            researcher.signedIn = false;
            assertThat(viewer.ending()).isEqualTo(Ending.SIGNED_OUT);
        }
    }

    @Test
    void thePermitEndsItWhenItsTimeIsOver() throws InterruptedException {
        try (var guacd = FakeGuacd.drawing(folder)) {
            var viewer = new FakeViewer();
            var seat = new Seat(
                    "w-1",
                    "stroke-care",
                    "u-1",
                    null,
                    guacd.socket,
                    null,
                    false,
                    false,
                    Instant.now().plusMillis(700));
            seats.put(seat);
            connect(seat, viewer);
            assertThat(viewer.sees("sync")).isTrue();
            assertThat(viewer.ending()).isEqualTo(Ending.EXPIRED);
        }
    }

    @Test
    void aGuacdThatDiesIsReportedSoThatThePageComesAgain() throws InterruptedException {
        var guacd = FakeGuacd.drawing(folder);
        var viewer = new FakeViewer();
        connect(sit(guacd, false, false), viewer);
        assertThat(viewer.sees("sync")).isTrue();
        guacd.close();
        assertThat(viewer.ending()).isEqualTo(Ending.DISPLAY);
    }

    @Test
    void aGuacdThatIsNotThereIsReportedAndLeavesNoViewer() {
        var seat =
                new Seat("w-1", "stroke-care", "u-1", null, folder.resolve("nothing"), null, false, false, Instant.MAX);
        assertThat(desktops.connect(seat, researcher, new FakeViewer(), SCREEN, "window", false))
                .isEqualTo(new NotNow(Ending.DISPLAY));
        assertThat(desktops.watched()).isZero();
    }

    @Test
    void aViewerThatStallsHoldsUpGuacdAndNotTheMemory() throws InterruptedException {
        try (var guacd = FakeGuacd.drawing(folder)) {
            var viewer = new FakeViewer();
            connect(sit(guacd, false, false), viewer);
            assertThat(viewer.sees("sync")).isTrue();
            viewer.stalled = true;
            var sent = new int[1];
            var saying = Thread.ofVirtual().start(() -> {
                var frame = "4.sync,5.12345;".repeat(1_000);
                for (int i = 0; i < 10_000; i++) {
                    guacd.say(frame);
                    sent[0]++;
                }
            });
            Thread.sleep(1_000);
            assertThat(sent[0]).isLessThan(200);
            viewer.stalled = false;
            desktops.end("w-1", Ending.OWNER);
            saying.join(5_000);
        }
    }

    @Test
    void aGuacdThatDoesNotListenStopsTheViewersInputAndNothingElse() throws InterruptedException {
        try (var guacd = FakeGuacd.drawing(folder).deaf()) {
            var viewer = new FakeViewer();
            var viewing = connect(sit(guacd, false, false), viewer);
            var keys = "3.key,2.65,1.1;3.key,2.65,1.0;".repeat(100);
            for (int i = 0; i < 1_000; i++) {
                viewing.hear(keys);
            }
            assertThat(viewer.isOpen()).isTrue();
            desktops.end("w-1", Ending.SECURITY);
            assertThat(viewer.ending()).isEqualTo(Ending.SECURITY);
        }
    }

    @Test
    void aRecordingHoldsWhatWasShownAndWhereTheMouseWasAndNoKey() throws InterruptedException, IOException {
        try (var guacd = FakeGuacd.drawing(folder)) {
            var viewer = new FakeViewer();
            var viewing = connect(sit(guacd, false, true), viewer);
            assertThat(viewer.sees("sync")).isTrue();
            viewing.hear("5.mouse,2.77,2.88,1.0;3.key,5.65293,1.1;");
            guacd.next("key");
            guacd.say("4.sync,8.15570999;");
            assertThat(viewer.sees("15570999")).isTrue();
            viewing.hear("10.disconnect;");
            viewer.ending();
        }
        var recording = sealed();
        assertThat(recording.state()).isEqualTo(Recording.State.SEALED);
        assertThat(entry("recording.end").detail()).containsEntry("seal", recording.seal());
        assertThat(played(recording)).isEqualTo(FakeGuacd.FIRST_FRAME + "5.mouse,2.77,2.88,1.0;4.sync,8.15570999;");
    }

    @Test
    void aRecordingThatWasChangedIsNotPlayed() throws InterruptedException, IOException {
        try (var guacd = FakeGuacd.drawing(folder)) {
            var viewer = new FakeViewer();
            var viewing = connect(sit(guacd, false, true), viewer);
            assertThat(viewer.sees("sync")).isTrue();
            viewing.hear("10.disconnect;");
            viewer.ending();
        }
        var recording = sealed();
        var file = folder.resolve("home/projects/stroke-care/recordings/w-1").resolve(recording.id());
        var bytes = Files.readAllBytes(file);
        bytes[40] ^= 1;
        Files.write(file, bytes);
        assertThat(recordings.play(recording)).isEqualTo(new Recordings.Playback.DoesNotHold(0));
        Files.write(file, Arrays.copyOf(bytes, 0));
        assertThat(recordings.play(recording)).isInstanceOf(Recordings.Playback.DoesNotHold.class);
    }

    @Tag("abuse-84")
    @Test
    void withoutARecordingNothingIsShown() throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("home/projects/stroke-care"))
                        .resolve("recordings"),
                "in the way");
        try (var guacd = FakeGuacd.drawing(folder)) {
            var viewer = new FakeViewer();
            assertThat(desktops.connect(sit(guacd, false, true), researcher, viewer, SCREEN, "window", false))
                    .isEqualTo(new NotNow(Ending.RECORDING));
            assertThat(viewer.shown()).isEmpty();
            assertThat(guacd.heard).isEmpty();
        }
    }

    @Tag("abuse-84")
    @Test
    void aRecordingThatCannotBeContinuedEndsTheSession() throws InterruptedException {
        var file = new SealedWriterOnAFullDisk();
        try (var guacd = FakeGuacd.drawing(folder)) {
            var viewer = new FakeViewer();
            var line = open(guacd);
            var viewing = new Viewing(
                    sit(guacd, false, true), researcher, viewer, line, file, log, seats, "window", gone -> {});
            viewing.start();
            assertThat(viewer.ending()).isEqualTo(Ending.RECORDING);
            assertThat(viewer.shown()).isEmpty();
        }
    }

    /** Takes nothing. */
    private static final class SealedWriterOnAFullDisk implements Recorder {
        @Override
        public void write(String wire) {
            throw new RecordingUnwritable(new IOException("no space left on device"));
        }

        @Override
        public void pointer(Instruction mouse) {}

        @Override
        public void close() {}
    }

    private static GuacdLine open(FakeGuacd guacd) {
        try {
            var line = GuacdLine.unconnected();
            line.connect(guacd.socket);
            Handshake.perform(line, SCREEN, false);
            return line;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aGatewayThatWasKilledLeavesARecordingThatIsCutAndSaysSo() throws InterruptedException, IOException {
        try (var guacd = FakeGuacd.drawing(folder)) {
            var viewer = new FakeViewer();
            connect(sit(guacd, false, true), viewer);
            assertThat(viewer.sees("sync")).isTrue();
            var after = Recordings.open(
                    folder.resolve("home"), ProjectFolders.in(folder.resolve("home")), store, log, Clock.systemUTC());
            var recording = after.list(null, null, 10).items().getFirst();
            assertThat(recording.state()).isEqualTo(Recording.State.CUT);
            assertThat(entry("recording.end").result()).isEqualTo(Result.FAILED);
            assertThat(played(recording)).isEqualTo(FakeGuacd.FIRST_FRAME);
        }
    }

    private Recording sealed() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            var newest = recordings.list("stroke-care", null, 1).items();
            if (!newest.isEmpty() && newest.getFirst().state() != Recording.State.RUNNING) {
                return newest.getFirst();
            }
            Thread.sleep(10);
        }
        throw new AssertionError("no recording was finished");
    }

    private String played(Recording recording) throws IOException {
        return switch (recordings.play(recording)) {
            case Recordings.Playback.Plays(var stream, long bytes) -> {
                var all = stream.readAllBytes();
                assertThat(bytes).isEqualTo(all.length);
                yield new String(all, StandardCharsets.UTF_8);
            }
            case Recordings.Playback.NotYet() -> throw new AssertionError("not finished");
            case Recordings.Playback.DoesNotHold(long part) -> throw new AssertionError("broken at " + part);
        };
    }

    private Seat sit(FakeGuacd guacd, boolean clipboardIn, boolean recorded) {
        var seat = new Seat(
                "w-1",
                "stroke-care",
                "u-1",
                null,
                guacd.socket,
                null,
                clipboardIn,
                recorded,
                Instant.now().plusSeconds(3_600));
        seats.put(seat);
        return seat;
    }

    private Viewing connect(Seat seat, FakeViewer viewer) {
        var answer = desktops.connect(seat, researcher, viewer, SCREEN, "window", false);
        if (answer instanceof Connected(var viewing)) {
            return viewing;
        }
        throw new AssertionError(answer);
    }

    private List<String> actions() throws InterruptedException {
        Thread.sleep(100);
        return search(null).stream().map(Entry::action).toList();
    }

    private Entry entry(String action) throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            var found = search(action);
            if (!found.isEmpty()) {
                return found.getFirst();
            }
            Thread.sleep(10);
        }
        throw new AssertionError("no " + action + " in the log");
    }

    private List<Entry> search(@Nullable String action) {
        return log.search(new Filter(null, null, action, null, null, null), null, 100)
                .entries();
    }

    private static Permit permit() {
        var text = new Text("題", "Title");
        return new Permit(
                "stroke-care",
                1,
                text,
                text,
                text,
                List.of("u-1"),
                List.of(),
                "ndb",
                1,
                false,
                Permit.Resources.USUAL,
                Instant.now(),
                Instant.now().plusSeconds(3_600),
                Visiting.of(true, false, false, true));
    }
}
