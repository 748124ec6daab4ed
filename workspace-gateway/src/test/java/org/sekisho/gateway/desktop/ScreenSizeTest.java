package org.sekisho.gateway.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.workspace.CrowdedSocket;

class ScreenSizeTest {
    @TempDir
    Path folder;

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void doesNotWaitForEverForADisplayThatLetsNobodyIn() throws IOException {
        try (var crowded = new CrowdedSocket(folder)) {
            assertThat(ScreenSize.ask(crowded.path, 1280, 800)).isFalse();
        }
    }
}
