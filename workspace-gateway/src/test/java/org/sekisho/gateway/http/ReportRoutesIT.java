package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.gateway.audit.Filter;

class ReportRoutesIT {
    private static final String REPORT = "/api/reports/weekly";

    @TempDir
    static Path home;

    static House house;
    static Visitor security;

    @BeforeAll
    static void open() {
        house = new House(home);
        security = house.visitor("security");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void securityGetsTheLastWholeWeekAsAPdfAndTheLogSaysSo() {
        var answer = security.get(REPORT + "?lang=en");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/pdf");
        assertThat(answer.headers().firstValue("content-language")).contains("en");
        assertThat(answer.body()).startsWith("%PDF-");
        var today = LocalDate.now(ZoneId.of("Asia/Tokyo"));
        var monday = today.minusDays(today.getDayOfWeek().getValue() - 1).minusWeeks(1);
        assertThat(answer.headers().firstValue("content-disposition"))
                .contains("attachment; filename=\"sekisho-week-" + monday + "-en.pdf\"");
        var entry = house.log
                .search(new Filter("security", null, "report.weekly", null, null, null), null, 1)
                .entries()
                .getFirst();
        assertThat(entry.detail()).containsEntry("from", monday.toString()).containsEntry("lang", "en");
    }

    @ParameterizedTest
    @CsvSource({
        "from=2026-11-17, Monday",
        "from=2026-11-31, Monday",
        "from=last, Monday",
        "from=+1000000000-01-01, Monday",
        "from=2099-01-05, not begun",
        "from=1999-12-27, 2000 or later",
        "from=-999999999-01-01, 2000 or later",
        "lang=fr, ja or en",
        "lang=EN, ja or en",
        "to=2026-11-23, to is not known here"
    })
    void whatIsWrongIsSaid(String asked, String said) {
        var answer = security.get(REPORT + "?" + asked);
        assertThat(Visitor.reason(answer)).isEqualTo("400 invalid");
        assertThat(Visitor.json(answer).path("detail").asText()).contains(said);
    }

    @Test
    void withoutItsFontJapaneseIsRefusedAndThePackageNamed() {
        var answer = security.get(REPORT + "?lang=ja");
        assertThat(Visitor.reason(answer)).isEqualTo("503 no-font");
        assertThat(Visitor.json(answer).path("detail").asText()).contains("@expo-google-fonts/biz-udpgothic");
    }

    @ParameterizedTest
    @ValueSource(strings = {"researcher", "analyst", "checker", "steward", "reviewer", "admin"})
    void itIsForSecurityAlone(String name) {
        assertThat(Visitor.reason(house.visitor(name).get(REPORT))).isEqualTo("403 role");
    }
}
