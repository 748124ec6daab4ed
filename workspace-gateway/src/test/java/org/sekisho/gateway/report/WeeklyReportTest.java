package org.sekisho.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.engine.catalog.Text;
import org.sekisho.gateway.Needed;
import org.sekisho.gateway.airlock.Outputs;
import org.sekisho.gateway.alert.Alerts;
import org.sekisho.gateway.alert.Rules;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.InMemoryAuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.project.Projects;
import org.sekisho.gateway.project.Visiting;
import org.sekisho.gateway.store.Store;

/** From entries, alerts and permits to a PDF that is read back. */
class WeeklyReportTest {
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
    private static final Path FACES = Path.of("web/node_modules/@expo-google-fonts/biz-udpgothic");
    private static final Week WEEK = new Week(LocalDate.of(2026, 11, 16), TOKYO);

    @TempDir
    Path home;

    private final Hand hand = new Hand();
    private InMemoryAuditLog log;
    private Store store;
    private Projects projects;
    private Alerts alerts;

    /** A clock that stands where it was set. */
    private static final class Hand extends Clock {
        private Instant now = WEEK.from();

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    @BeforeEach
    void open() {
        log = new InMemoryAuditLog(hand);
        store = Store.open(home.resolve("store"));
        projects = new Projects(store);
        alerts = new Alerts(store, log, projects, Rules.shipped(), Map.of(), id -> Optional.empty(), hand);
    }

    @AfterEach
    void close() {
        alerts.close();
        store.close();
    }

    private WeeklyReport report(@Nullable Path web) {
        return new WeeklyReport(log, alerts, new Outputs(store), projects, id -> "name-of-" + id, Fonts.of(web), hand);
    }

    /** As the build of the pages leaves them. */
    private Path web() throws IOException {
        Needed.that(Files.isDirectory(FACES), "the fonts of the report: npm ci in workspace-gateway/web");
        var fonts = Files.createDirectories(home.resolve("web/fonts"));
        for (var face : List.of("400Regular/BIZUDPGothic_400Regular.ttf", "700Bold/BIZUDPGothic_700Bold.ttf")) {
            var name = face.substring(face.indexOf('/') + 1);
            if (Files.notExists(fonts.resolve(name))) {
                Files.copy(FACES.resolve(face), fonts.resolve(name));
            }
        }
        return home.resolve("web");
    }

    private void signIn(String person) {
        log.record(Act.of(person, "session.open"), Result.DONE);
    }

    private void release(String output) {
        var intent = log.intent(
                Act.of("sekisho", "output.release").in("stroke-care").on(output).with("decision", "release"));
        log.outcome(intent, Result.DONE, Map.of());
    }

    private void turn(Duration by) {
        hand.now = hand.now.plus(by);
    }

    private void grant(int version, String rules, Instant expires, String... members) {
        projects.grant(
                new Permit(
                        "stroke-care",
                        version,
                        new Text("題", "Title"),
                        new Text("目的", "Purpose"),
                        new Text("表", "Tables"),
                        List.of(members),
                        List.of(),
                        rules,
                        2,
                        false,
                        Permit.Resources.USUAL,
                        WEEK.from(),
                        expires,
                        Visiting.NONE),
                "reviewer");
    }

    private byte[] pdf(Path web, Week week, Locale language) {
        var made = report(web).make(week, language, "security");
        assertThat(made).isInstanceOf(WeeklyReport.Made.Printed.class);
        return ((WeeklyReport.Made.Printed) made).pdf();
    }

    private static String text(byte[] pdf) throws IOException {
        try (var document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
        }
    }

    private String html(Week week, Spoken spoken) {
        return new ReportPage(report(null).gather(week, "security"), spoken).html();
    }

    @Test
    void aJapaneseReportHoldsItsWordsAsTextInEmbeddedSubsets() throws IOException {
        signIn("sato");
        release("o-1");
        turn(Duration.ofDays(8));
        var pdf = pdf(web(), WEEK, Locale.JAPANESE);
        assertThat(text(pdf))
                .contains("セキュリティ週報")
                .contains("2026年11月16日（月） から 2026年11月22日（日） まで")
                .contains("1件の成果物が持ち出されました。")
                .contains("サインインした人 1")
                .contains("利用許可の変更 なし");
        try (var document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isBetween(1, 3);
            assertThat(document.getDocumentInformation().getTitle()).isEqualTo("セキュリティ週報 2026-11-16");
            assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("ja");
            assertThat(document.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            assertThat(document.getDocumentCatalog().getStructureTreeRoot()).isNotNull();
            assertThat(fonts(document)).hasSize(2).allMatch(name -> name.matches("[A-Z]{6}\\+BIZUDPGothic.*"));
        }
        assertThat(pdf.length).isLessThan(300_000);
    }

    private static Set<String> fonts(PDDocument document) throws IOException {
        var names = new TreeSet<String>();
        for (var page : document.getPages()) {
            for (var name : page.getResources().getFontNames()) {
                var font = page.getResources().getFont(name);
                assertThat(font).isInstanceOf(PDType0Font.class);
                assertThat(font.isEmbedded()).isTrue();
                names.add(font.getName());
            }
        }
        return names;
    }

    @Test
    void withoutTheFontsEnglishIsWrittenAndJapaneseNamesWhatIsMissing() throws IOException {
        signIn("sato");
        turn(Duration.ofDays(8));
        assertThat(text(pdf(home, WEEK, Locale.ENGLISH)))
                .contains("Weekly security report")
                .contains("Mon 16 Nov 2026 to Sun 22 Nov 2026 (Asia/Tokyo)")
                .contains("People who signed in 1")
                .doesNotContain("#");
        assertThat(report(home).make(WEEK, Locale.JAPANESE, "security"))
                .isEqualTo(new WeeklyReport.Made.NoFont("@expo-google-fonts/biz-udpgothic"));
        assertThat(report(null).make(WEEK, Locale.JAPANESE, "security")).isInstanceOf(WeeklyReport.Made.NoFont.class);
    }

    /** Whoever looks for a word in the PDF, or has it read aloud, finds its letters. */
    @Test
    void wordsAreReadBackLetterByLetter() throws IOException {
        turn(Duration.ofDays(8));
        for (var web : List.of(web(), home)) {
            assertThat(text(pdf(web, WEEK, Locale.ENGLISH)))
                    .contains("The log verifies.")
                    .contains("Verification")
                    .contains("Findings of differencing")
                    .matches("[ -~\\u00b7\\u2212]+");
        }
    }

    @Test
    void onlyTheWeekCounts() {
        hand.now = WEEK.from().minusMillis(1);
        signIn("before");
        hand.now = WEEK.from();
        signIn("first");
        hand.now = WEEK.to().minusMillis(1);
        signIn("last");
        hand.now = WEEK.to();
        signIn("after");
        var weekly = report(null).gather(WEEK, "security");
        assertThat(weekly.figures().of(Figure.SIGNED_IN)).isEqualTo(2);
        assertThat(weekly.figures().first()).isEqualTo(1);
        assertThat(weekly.figures().last()).isEqualTo(2);
        assertThat(weekly.head().size()).isEqualTo(3);
        assertThat(weekly.head().root()).isEqualTo(log.root(3));
        assertThat(weekly.head().signed()).isEqualTo(4);
        assertThat(weekly.isWhole()).isTrue();
    }

    @Test
    void moreEntriesThanFitIntoOneReadingAreAllCounted() {
        for (int i = 0; i < 2_001; i++) {
            signIn("p" + i % 10);
        }
        turn(Duration.ofDays(8));
        var figures = report(null).gather(WEEK, "security").figures();
        assertThat(figures.of(Figure.SIGNED_IN)).isEqualTo(2_001);
        assertThat(figures.people()).isEqualTo(10);
    }

    @Test
    void aWeekThatGoesOnSaysSo() {
        turn(Duration.ofDays(2));
        assertThat(html(WEEK, Spoken.ENGLISH))
                .contains("This week goes on: the report counts up to 18 Nov 2026, 00:00.")
                .contains("Entries now");
        turn(Duration.ofDays(6));
        assertThat(html(WEEK, Spoken.ENGLISH)).doesNotContain("This week goes on");
    }

    @Test
    void saysHowFarTheLogIsVerifiedWhileThatIsBehind() {
        signIn("one");
        signIn("two");
        signIn("three");
        assertThat(html(WEEK, Spoken.ENGLISH)).contains("The log verifies.");
        log.leaveUnverified(1);
        assertThat(html(WEEK, Spoken.ENGLISH))
                .contains("The log holds as far as it is verified: 2 of 3 entries.")
                .contains("the first 2 entries hold (read 16 Nov 2026, 00:00);"
                        + " newer ones, as a rule read within seconds: 1</td>")
                .doesNotContain("The log verifies.");
        assertThat(html(WEEK, Spoken.JAPANESE))
                .contains("監査ログは、3件のうち検証済みの2件に異常はありません。")
                .contains("最初の 2 件に異常なし（2026年11月16日 0:00 確認）。その後の 1 件は通常、数秒以内に確認されます");
    }

    @Test
    void saysHowFarTheLogIsSignedWhileThatIsBehind() {
        var behind = new Head(1_130, "aa", 1_100, "bb", log.verification(), false);
        assertThat(new HeadWords(behind, Spoken.ENGLISH, TOKYO).signed())
                .isEqualTo("1,100; newer entries, as a rule signed within seconds: 30");
        assertThat(new HeadWords(behind, Spoken.JAPANESE, TOKYO).signed()).isEqualTo("1,100（その後の 30 件は通常、数秒以内に署名されます）");
        var whole = new Head(1_130, "aa", 1_130, "aa", log.verification(), false);
        assertThat(new HeadWords(whole, Spoken.ENGLISH, TOKYO).signed()).isEqualTo("1,130");
    }

    @Test
    void whereNothingHappenedItSaysNone() {
        turn(Duration.ofDays(8));
        for (var spoken : Spoken.values()) {
            var html = html(WEEK, spoken);
            var none = spoken.say("なし", "none");
            for (var figure : Figure.values()) {
                assertThat(html)
                        .containsPattern("<th scope=\"row\">" + spoken.say(figure.label())
                                + "</th>\\s*<td class=\"n none\">" + none + "</td>");
            }
            assertThat(html.split("<p class=\"none\">" + none + "</p>", -1)).hasSize(7);
        }
    }

    @Test
    void alertsAreToldByRule() {
        for (int i = 0; i < 5; i++) {
            log.refusedSignIn("sato", "WRONG");
            log.refusedSignIn("kato", "WRONG");
        }
        alerts.catchUp();
        var open = alerts.list(null, null, 10).items();
        alerts.acknowledge(open.getFirst(), "security", "asked", "00");
        turn(Duration.ofDays(8));
        var raised = report(null).gather(WEEK, "security").alerts();
        assertThat(raised).hasSize(1);
        assertThat(raised.getFirst().rule()).isEqualTo("failed-sign-ins");
        assertThat(raised.getFirst().raised()).isEqualTo(2);
        assertThat(raised.getFirst().open()).isEqualTo(1);
        assertThat(raised.getFirst().acknowledged()).isEqualTo(1);
        assertThat(report(null).gather(Week.of(hand.now, TOKYO), "security").openBefore())
                .isEqualTo(1);
        assertThat(html(WEEK, Spoken.ENGLISH)).contains("One alert is open.").contains("Sign-ins keep failing");
    }

    @Test
    void permitsTellWhoJoinedWhoLeftAndWhichRulesChanged() {
        hand.now = Instant.now();
        var week = Week.of(hand.now, TOKYO);
        grant(1, "ndb", hand.now.plus(Duration.ofDays(90)), "u-1", "u-2");
        grant(2, "kaigo", hand.now.plus(Duration.ofDays(3)), "u-2", "u-3");
        var weekly = report(null).gather(week, "security");
        assertThat(weekly.permits()).hasSize(2);
        assertThat(weekly.permits().getFirst().fresh()).isTrue();
        assertThat(weekly.permits().getFirst().joined()).containsExactly("name-of-u-1", "name-of-u-2");
        var second = weekly.permits().get(1);
        assertThat(second.joined()).containsExactly("name-of-u-3");
        assertThat(second.left()).containsExactly("name-of-u-1");
        assertThat(second.rulesBefore()).isEqualTo("ndb");
        assertThat(second.reviewsBefore()).isNull();
        assertThat(new Details(Spoken.ENGLISH).of(second, TOKYO))
                .startsWith("members + name-of-u-3; members − name-of-u-1; rules ndb → kaigo; expires ");
        assertThat(weekly.expiring()).extracting(Weekly.Expiring::project).containsExactly("stroke-care");
        assertThat(report(null).gather(week.before().before(), "security").permits())
                .isEmpty();
    }

    @Test
    void wordsOfTheLogAreNeverMarkup() throws IOException {
        log.record(
                new Act("admin", "account.suspend", null, "u-1", Map.of("user", "<b>&\"\u0001\ud83d\ude00</b>")),
                Result.DONE);
        turn(Duration.ofDays(8));
        assertThat(html(WEEK, Spoken.ENGLISH)).contains("&lt;b&gt;&amp;&quot;?\ud83d\ude00&lt;/b&gt;");
        assertThat(text(pdf(home, WEEK, Locale.ENGLISH))).contains("<b>&\"?");
    }

    @Test
    void aBusyWeekStillFitsThreePages() throws IOException {
        for (int i = 0; i < 300; i++) {
            log.record(
                    new Act(
                            "admin",
                            "account.roles",
                            null,
                            "u-" + i,
                            Map.of("user", "person-" + i, "roles", "checker")),
                    Result.DONE);
            signIn("person-" + i);
            release("o-" + i);
        }
        turn(Duration.ofDays(8));
        try (var document = Loader.loadPDF(pdf(home, WEEK, Locale.ENGLISH))) {
            assertThat(document.getNumberOfPages()).isLessThanOrEqualTo(3);
        }
    }
}
