package org.sekisho.checker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MachineLanguageTest {
    @Test
    void isTheOneThatLangNamesWhetherItsLocaleIsInstalledOrNot() {
        assertThat(MachineLanguage.isJapanese(Map.of("LANG", "ja_JP.UTF-8"))).isTrue();
        assertThat(MachineLanguage.isJapanese(Map.of("LANG", "ja"))).isTrue();
        assertThat(MachineLanguage.isJapanese(Map.of("LANG", "jam_JM.UTF-8"))).isFalse();
        assertThat(MachineLanguage.isJapanese(Map.of())).isFalse();
    }

    @Test
    void isTheFirstThatSaysAnything() {
        assertThat(MachineLanguage.isJapanese(Map.of("LANG", "ja_JP.UTF-8", "LC_MESSAGES", "en_GB.UTF-8")))
                .isFalse();
        assertThat(MachineLanguage.isJapanese(Map.of("LANG", "ja_JP.UTF-8", "LC_ALL", "C.UTF-8")))
                .isFalse();
        assertThat(MachineLanguage.isJapanese(Map.of("LANG", "C", "LC_ALL", "", "LC_MESSAGES", "ja_JP.UTF-8")))
                .isTrue();
    }
}
