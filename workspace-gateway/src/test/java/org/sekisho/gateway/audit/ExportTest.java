package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sekisho.gateway.audit.export.ExportFormat;

final class ExportTest {
    private static final String NASTY = "a|b=c]\"d\\e\nCEF:0|x\r\u0085\u2028<1>1 f";

    @TempDir
    Path home;

    private static Exported exported(String action, Phase phase, Result result) {
        var entry = new Entry(
                12,
                Instant.parse("2026-04-01T03:00:00.123Z"),
                NASTY,
                action,
                phase,
                phase == Phase.INTENT ? null : result,
                "stroke-care",
                NASTY,
                phase == Phase.INTENT ? null : 11L,
                Map.of(NASTY, NASTY));
        return new Exported(entry, "p:" + "0".repeat(40), "ab".repeat(32));
    }

    @Tag("abuse-34")
    @ParameterizedTest
    @EnumSource(ExportFormat.class)
    void isOneLineWhateverAUserTypes(ExportFormat format) {
        var line = format.line(exported("job.submit", Phase.OUTCOME, Result.DONE));

        assertThat(line).doesNotContain("\n", "\r", "\u0085");
        assertThat(line).contains("ab".repeat(32)).contains("p:" + "0".repeat(40));
    }

    @Test
    void speaksOcsf() throws Exception {
        var opened = json(ExportFormat.OCSF, "session.open", Phase.OUTCOME, Result.DONE);
        assertThat(opened.path("class_uid").asInt()).isEqualTo(3002);
        assertThat(opened.path("category_uid").asInt()).isEqualTo(3);
        assertThat(opened.path("type_uid").asInt()).isEqualTo(300201);
        assertThat(opened.path("status_id").asInt()).isEqualTo(1);
        assertThat(opened.path("severity_id").asInt()).isEqualTo(1);
        assertThat(opened.at("/user/name").asText()).isEqualTo(NASTY);
        assertThat(opened.at("/metadata/sequence").asInt()).isEqualTo(12);
        assertThat(opened.at("/metadata/uid").asText()).isEqualTo("ab".repeat(32));
        assertThat(opened.path("time").asLong()).isEqualTo(1775012400123L);

        assertThat(json(ExportFormat.OCSF, "session.end", Phase.INTENT, Result.DONE)
                        .path("type_uid")
                        .asInt())
                .isEqualTo(300202);
        var act = json(ExportFormat.OCSF, "job.submit", Phase.OUTCOME, Result.FAILED);
        assertThat(act.path("type_uid").asInt()).isEqualTo(600399);
        assertThat(act.path("severity_id").asInt()).isEqualTo(3);
        assertThat(act.path("status_id").asInt()).isEqualTo(2);
        assertThat(act.at("/api/operation").asText()).isEqualTo("job.submit");
        assertThat(act.at("/unmapped/project").asText()).isEqualTo("stroke-care");
        assertThat(act.at("/unmapped/intent").asText()).isEqualTo("11");
    }

    @Test
    void speaksEcs() throws Exception {
        var act = json(ExportFormat.ECS, "job.submit", Phase.OUTCOME, Result.REFUSED);
        assertThat(act.at("/event/type/0").asText()).isEqualTo("denied");
        assertThat(act.at("/event/outcome").asText()).isEqualTo("failure");
        assertThat(act.at("/event/category/0").asText()).isEqualTo("api");
        assertThat(act.at("/event/hash").asText()).isEqualTo("ab".repeat(32));
        assertThat(act.at("/@timestamp").asText()).isEqualTo("2026-04-01T03:00:00.123Z");
        assertThat(act.at("/labels/object").asText()).isEqualTo(NASTY);
        var intent = json(ExportFormat.ECS, "session.end", Phase.INTENT, Result.DONE);
        assertThat(intent.at("/event/type/0").asText()).isEqualTo("start");
        assertThat(intent.at("/event/outcome").asText()).isEqualTo("unknown");
        assertThat(intent.at("/event/category/0").asText()).isEqualTo("authentication");
        assertThat(json(ExportFormat.ECS, "job.submit", Phase.OUTCOME, Result.UNKNOWN)
                        .at("/event/outcome")
                        .asText())
                .isEqualTo("unknown");
        assertThat(json(ExportFormat.ECS, "job.submit", Phase.OUTCOME, Result.DONE)
                        .at("/event/type/0")
                        .asText())
                .isEqualTo("end");
    }

    @Test
    void speaksTheProtocolOfOpenTelemetry() throws Exception {
        var line = json(ExportFormat.OTLP, "job.submit", Phase.OUTCOME, Result.REFUSED);
        assertThat(line.at("/resourceLogs/0/resource/attributes/0/value/stringValue")
                        .asText())
                .isEqualTo("sekisho");
        var act = line.at("/resourceLogs/0/scopeLogs/0/logRecords/0");
        assertThat(act.path("timeUnixNano").isTextual()).isTrue();
        assertThat(act.path("timeUnixNano").asText()).isEqualTo("1775012400123000000");
        assertThat(act.path("severityNumber").asInt()).isEqualTo(13);
        assertThat(act.path("eventName").asText()).isEqualTo("job.submit");
        assertThat(attribute(act, "user.name").path("stringValue").asText()).isEqualTo(NASTY);
        assertThat(attribute(act, "sekisho.index").path("intValue").asText()).isEqualTo("12");
        assertThat(attribute(act, "sekisho.leaf_hash").path("stringValue").asText())
                .isEqualTo("ab".repeat(32));
        assertThat(attribute(act, "event.outcome").path("stringValue").asText()).isEqualTo("failure");
        assertThat(attribute(act, "sekisho.labels").at("/kvlistValue/values").findValuesAsText("key"))
                .contains(NASTY, "intent", "object", "phase", "project");
        assertThat(json(ExportFormat.OTLP, "job.submit", Phase.INTENT, Result.DONE)
                        .at("/resourceLogs/0/scopeLogs/0/logRecords/0/severityText")
                        .asText())
                .isEqualTo("INFO");
    }

    private static JsonNode attribute(JsonNode act, String key) {
        for (var attribute : act.path("attributes")) {
            if (attribute.path("key").asText().equals(key)) {
                return attribute.path("value");
            }
        }
        throw new AssertionError("no attribute " + key);
    }

    @Test
    void speaksCef() {
        var line = ExportFormat.CEF.line(exported("job.submit", Phase.OUTCOME, Result.REFUSED));

        assertThat(line)
                .startsWith("CEF:0|Sekisho|Sekisho|0.1.0|job.submit|job.submit|5|rt=1775012400123 externalId=12 suser=")
                .contains("suser=a|b\\=c]\"d\\\\e\\\\u000aCEF:0|x\\\\u000d")
                .contains(" outcome=failure cs1Label=leafHash cs1=" + "ab".repeat(32) + " cs2Label=labels cs2={");
        assertThat(ExportFormat.CEF.line(exported("job.submit", Phase.OUTCOME, Result.DONE)))
                .contains("|job.submit|2|");
    }

    @Test
    void speaksSyslog() {
        var line = ExportFormat.SYSLOG.line(exported("job.submit", Phase.OUTCOME, Result.FAILED));

        assertThat(line)
                .startsWith("<108>1 2026-04-01T03:00:00.123Z - sekisho - job.submit [sekisho@32473 ")
                .contains(" actor=\"a|b=c\\]\\\"d\\\\e\\\\u000aCEF:0|x")
                .contains(" leafHash=\"" + "ab".repeat(32) + "\"")
                .endsWith("] \ufeffjob.submit outcome failure");
        assertThat(ExportFormat.SYSLOG.line(exported("job.submit", Phase.INTENT, Result.DONE)))
                .startsWith("<110>1 ");
        assertThat(line).contains(" a|b_c__d\\e_CEF:0|x___<1>1_f=\"a|b=c\\]");
    }

    @Test
    void knowsItsFormatsByName() {
        assertThat(ExportFormat.of("cef")).contains(ExportFormat.CEF);
        assertThat(ExportFormat.of("CEF")).isEmpty();
        assertThat(ExportFormat.OCSF.type()).isEqualTo("application/x-ndjson");
        assertThat(ExportFormat.SYSLOG.type()).startsWith("text/plain");
    }

    /** Abuse case 42: a collector that was away goes on where it was; nobody waits for it. */
    @Tag("abuse-42")
    @Test
    void goesOnWhereTheCollectorWas() {
        try (var log = Samples.open(home)) {
            Samples.fill(log, 2500);
            long next = 0;
            int read = 0;
            for (var page = log.export(Filter.ANY, next, 1000);
                    !page.isEmpty();
                    page = log.export(Filter.ANY, next, 1000)) {
                assertThat(page.getFirst().entry().index()).isEqualTo(next);
                read += page.size();
                next = page.getLast().entry().index() + 1;
            }
            assertThat(read).isEqualTo(2501);
            log.record(Samples.act(1), Result.DONE);
            assertThat(log.export(Filter.ANY, next, 1000)).hasSize(1);
            assertThat(log.export(new Filter(null, null, "log.open", null, null, null), 0, 10))
                    .hasSize(1);
        }
    }

    /** Abuse case 44: what was changed on its way is not what the log exports for that leaf. */
    @Tag("abuse-44")
    @ParameterizedTest
    @EnumSource(ExportFormat.class)
    void showsWhereACopyWasTamperedWith(ExportFormat format) {
        try (var log = Samples.open(home)) {
            Samples.fill(log, 200);
            var copy =
                    log.export(Filter.ANY, 0, 1000).stream().map(format::line).toList();
            var tampered = copy.get(77).replace("stroke-care", "strike-care").replace("ageing-towns", "ageing-clowns");
            var again = log.export(Filter.ANY, 77, 1).getFirst();

            assertThat(tampered).contains(again.leaf()).isNotEqualTo(format.line(again));
            assertThat(copy.get(77)).isEqualTo(format.line(again));
            assertThat(log.proof(77).orElseThrow().leaf()).isEqualTo(again.leaf());
            assertThat(log.verify().holds()).isTrue();
        }
    }

    private static JsonNode json(ExportFormat format, String action, Phase phase, Result result) throws Exception {
        return new ObjectMapper().readTree(format.line(exported(action, phase, result)));
    }
}
