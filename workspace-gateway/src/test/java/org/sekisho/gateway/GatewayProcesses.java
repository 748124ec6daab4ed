package org.sekisho.gateway;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The gateways that a test starts and kills. Those that still run at its end are asked to stop, so that nothing stays mounted. */
final class GatewayProcesses implements AfterEachCallback {
    private final List<GatewayProcess> started = new ArrayList<>();

    GatewayProcess start(Path home, String... more) throws Exception {
        var gateway = GatewayProcess.start(home, more);
        started.add(gateway);
        return gateway;
    }

    @Override
    public void afterEach(ExtensionContext test) throws Exception {
        for (var each : started) {
            if (each.isAlive()) {
                each.stop();
            }
        }
    }
}
