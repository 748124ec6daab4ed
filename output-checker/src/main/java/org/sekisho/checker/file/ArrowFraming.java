package org.sekisho.checker.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * Walks over the messages of an Arrow file and compares the lengths that they state with the size of the file, before
 * anything allocates what a broken or hostile file asks for.
 */
final class ArrowFraming {
    private static final int CONTINUES = -1;
    private static final int METADATA_AT_MOST = 64 << 20;

    private ArrowFraming() {}

    /**
     * @param from where the first message starts
     * @throws IOException when a length does not fit
     */
    static void check(FileChannel channel, long from) throws IOException {
        long at = from;
        while (at + 4 <= channel.size()) {
            var prefix = read(channel, at, 4).getInt();
            at += 4;
            if (prefix == CONTINUES) {
                prefix = read(channel, at, 4).getInt();
                at += 4;
            }
            if (prefix == 0) {
                return;
            }
            if (prefix < 0 || prefix > METADATA_AT_MOST || at + prefix > channel.size()) {
                throw new IOException("a message is longer than the file");
            }
            var message = Message.getRootAsMessage(read(channel, at, prefix));
            long body = message.bodyLength();
            if (rows(message) < 0) {
                throw new IOException("a batch of fewer than no rows");
            }
            at += prefix;
            if (body < 0 || body > channel.size() - at) {
                throw new IOException("a body is longer than the file");
            }
            at += body;
        }
    }

    private static long rows(Message message) {
        return switch (message.headerType()) {
            case MessageHeader.RecordBatch -> ((RecordBatch) message.header(new RecordBatch())).length();
            case MessageHeader.DictionaryBatch ->
                ((DictionaryBatch) message.header(new DictionaryBatch())).data().length();
            default -> 0;
        };
    }

    private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
        var buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new IOException("the file ends in the middle of a message");
            }
        }
        return buffer.flip();
    }
}
