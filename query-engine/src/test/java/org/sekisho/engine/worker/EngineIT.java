package org.sekisho.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class EngineIT {
    @Test
    void answersAStatement() throws IOException {
        try (var house = new House();
                var engine = new Engine(house.settings(SandboxChoice.PREFERRED))) {
            System.out.println(engine.sandbox());
            var provision = house.small("a");
            for (var i = 0; i < 20; i++) {
                var start = System.nanoTime();
                var answer = engine.run(
                        provision,
                        "select prefecture, count(*) as n from person group by prefecture order by 1",
                        house.outputs("o" + i),
                        new Cancellation(),
                        p -> {});
                System.out.println((System.nanoTime() - start) / 1000 + " us "
                        + answer.getClass().getSimpleName()
                        + (answer instanceof QueryAnswer.Answered a ? a.took() : answer.toString()));
                assertThat(answer).isInstanceOf(QueryAnswer.Answered.class);
            }
        }
    }
}
