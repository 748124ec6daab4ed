package org.sekisho.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CrossSiteTest {
    @ParameterizedTest(name = "{0} {1} to {2} from {3} ({4})")
    @CsvSource(nullValues = "-", textBlock = """
            # kind,  method, host,           origin,                  fetch site,  forbidden
            COOKIE,   GET,    127.0.0.1:8080, -,                       -,           false
            COOKIE,   GET,    127.0.0.1:8080, http://evil.example,     cross-site,  false
            COOKIE,   HEAD,   127.0.0.1:8080, -,                       -,           false
            COOKIE,   POST,   127.0.0.1:8080, http://127.0.0.1:8080,   -,           false
            COOKIE,   POST,   127.0.0.1:8080, http://127.0.0.1:8080,   same-origin, false
            COOKIE,   POST,   Tre.Example,    https://tre.example,     same-origin, false
            COOKIE,   DELETE, 127.0.0.1:8080, -,                       same-origin, false
            COOKIE,   POST,   127.0.0.1:8080, -,                       -,           true
            COOKIE,   POST,   127.0.0.1:8080, -,                       same-site,   true
            COOKIE,   POST,   127.0.0.1:8080, -,                       none,        true
            COOKIE,   POST,   127.0.0.1:8080, -,                       cross-site,  true
            COOKIE,   POST,   127.0.0.1:8080, http://127.0.0.1:8080,   cross-site,  true
            COOKIE,   POST,   127.0.0.1:8080, http://127.0.0.1:8081,   -,           true
            COOKIE,   POST,   127.0.0.1:8080, http://127.0.0.1,        -,           true
            COOKIE,   POST,   127.0.0.1:8080, http://evil.example,     -,           true
            COOKIE,   POST,   tre.example,    https://tre.example.evil.example, -,  true
            COOKIE,   POST,   tre.example,    https://tre.example@evil.example, -,  true
            COOKIE,   POST,   127.0.0.1:8080, null,                    -,           true
            COOKIE,   POST,   127.0.0.1:8080, 'not a : uri %',         -,           true
            COOKIE,   POST,   127.0.0.1:8080, file://127.0.0.1:8080,   -,           true
            COOKIE,   POST,   -,              http://127.0.0.1:8080,   -,           true
            COOKIE,   PUT,    127.0.0.1:8080, http://evil.example,     -,           true
            COOKIE,   BREW,   127.0.0.1:8080, -,                       -,           true
            COOKIE,   get,    127.0.0.1:8080, http://evil.example,     -,           true
            BEARER,   POST,   127.0.0.1:8080, -,                       -,           false
            BEARER,   DELETE, 127.0.0.1:8080, http://evil.example,     cross-site,  false
            """)
    @Tag("abuse-12")
    void refusesWhatAnotherSiteMayHaveSent(
            Session.Kind kind,
            String method,
            @Nullable String host,
            @Nullable String origin,
            @Nullable String site,
            boolean forbidden) {
        assertThat(CrossSite.forbids(kind, method, host, origin, site)).isEqualTo(forbidden);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            127.0.0.1:8080, http://127.0.0.1:8080, false
            127.0.0.1:8080, http://evil.example,   true
            127.0.0.1:8080, -,                     true
            """)
    @Tag("abuse-13")
    void refusesASocketFromAnotherSite(String host, @Nullable String origin, boolean forbidden) {
        assertThat(CrossSite.forbidsSocket(host, origin)).isEqualTo(forbidden);
    }
}
