package org.sekisho.checker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;

/** Judgements as JSON text. */
public final class JudgementJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private JudgementJson() {}

    public static String write(Judgement judgement) {
        try {
            return MAPPER.writeValueAsString(judgement);
        } catch (JsonProcessingException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** @throws UncheckedIOException when the text is not a judgement */
    public static Judgement read(String json) {
        try {
            return MAPPER.readValue(json, Judgement.class);
        } catch (JsonProcessingException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
