package org.sekisho.gateway.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SocketsTest {
    @TempDir
    Path folder;

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void doesNotWaitForEverToBeLetIn() throws IOException {
        try (var crowded = new CrowdedSocket(folder)) {
            assertThat(Sockets.answers(crowded.path, "6.select,3.vnc;", "4.args,"))
                    .isFalse();
        }
    }

    @Test
    void hasNoAnswerWhereNobodyListens() {
        assertThat(Sockets.answers(folder.resolve("absent"), "a", "b")).isFalse();
    }
}
