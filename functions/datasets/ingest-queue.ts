import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";

/** The queue that uploads wait in, as the API uses it: to have a file read again that is there already. */
export class IngestQueue {
  private readonly url: string;
  private readonly client: SQSClient;

  constructor(url: string, client: SQSClient) {
    this.url = url;
    this.client = client;
  }

  /** Sends what S3 sends when the object is uploaded. */
  async readAgain({ key, eTag, size }: { key: string; eTag: string; size: number }): Promise<void> {
    const MessageBody = JSON.stringify({ Records: [{ s3: { object: { key: encodeURIComponent(key), size, eTag } } }] });
    await this.client.send(new SendMessageCommand({ QueueUrl: this.url, MessageBody }));
  }
}
