package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LanguageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ja | JA",
                "ja-JP,ja;q=0.9,en;q=0.8 | JA",
                "fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5 | EN",
                "en-US,en;q=0.9,ja;q=0.8 | EN",
                "xx | EN",
                "'' | EN",
                ";;; | EN"
            })
    void isTheFirstThatTheReaderSpeaks(String accepted, Language language) {
        assertThat(Language.of(accepted)).isEqualTo(language);
    }

    @Test
    @Tag("abuse-23")
    void readsNoMoreOfAHeaderThanABrowserSends() {
        var tags = IntStream.range(0, 3_900)
                .mapToObj(i -> "" + (char) ('a' + i / 676 % 26) + (char) ('a' + i / 26 % 26) + (char) ('a' + i % 26))
                .collect(Collectors.joining(","));
        var start = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertThat(Language.of("ja," + tags)).isEqualTo(Language.JA);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(Language.of("a".repeat(10_000))).isEqualTo(Language.EN);
    }
}
