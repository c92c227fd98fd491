using System.Security.Cryptography;
using System.Text;

namespace NationalReferral.Platform;

/// <summary>One request with an Idempotency-Key: the key, the operation with its path, and a MAC of the body; never a body.</summary>
internal sealed record ReplayKey(Guid CallerId, string Key, string Operation, byte[] BodyMac);

/// <summary>Rows of table <c>idempotency</c>: 14 days of what was done under which key.</summary>
internal static class Replays
{
    public const string Header = "Idempotency-Key";
    private const string MacItem = "nrs.body-mac";

    /// <summary>
    /// Middleware: a body that can be replayed is read once here, so that its MAC exists before anything is bound. It stays in memory:
    /// what buffers for reading twice puts a large one on the disk, and it is not sealed yet.
    /// </summary>
    public static async Task BufferAsync(HttpContext http, RequestDelegate next)
    {
        if (HttpMethods.IsPost(http.Request.Method) && http.Request.Headers.TryGetValue(Header, out var key))
        {
            if (key.ToString() is not { Length: >= 8 and <= 100 } text || !text.All(letter => letter is > ' ' and < (char)127))
            {
                throw UnreadableException.At(Header, "wrong_form");
            }
            var path = Encoding.UTF8.GetBytes($"{http.Request.Path}\n");
            var sent = new MemoryStream();
            sent.Write(path);
            await http.Request.Body.CopyToAsync(sent, http.RequestAborted);
            var (bytes, size) = (sent.GetBuffer(), (int)sent.Length);
            http.Items[MacItem] = http.RequestServices.GetRequiredService<IndexKey>().Mac("idempotency", bytes.AsSpan(0, size));
            http.Request.Body = new MemoryStream(bytes, path.Length, size - path.Length, writable: false);
        }
        await next(http);
    }

    public static ReplayKey? Read(HttpContext http) =>
        http.Items.TryGetValue(MacItem, out var mac) && mac is byte[] bytes
            ? new ReplayKey(http.CallerOrNone()?.PrincipalId ?? Guid.Empty, http.Request.Headers[Header].ToString(), http.Operation(), bytes)
            : null;

    private const string FindSql = """
        SELECT i.operation, i.body_mac, i.status, i.resource_id
          FROM idempotency i
         WHERE i.caller_id = @callerId
           AND i.idem_key = @key
        """;

    /// <returns>Null when the key is new; a refusal when it was used for something else.</returns>
    public static async Task<Done?> FindAsync(Work work, ReplayKey request, CancellationToken cancellation)
    {
        if (await work.FirstOrNoneAsync<Row>(FindSql, new { callerId = request.CallerId, key = request.Key }, cancellation) is not { } row)
        {
            return null;
        }
        return row.Operation == request.Operation && CryptographicOperations.FixedTimeEquals(row.BodyMac, request.BodyMac)
            ? new Done(row.Status, row.ResourceId)
            : Done.FromRefusal(new Refusal(GeneralRefusals.KeyReused));
    }

    private const string KeepSql = """
        INSERT INTO idempotency (caller_id, idem_key, operation, body_mac, status, resource_id, at)
        VALUES (@callerId, @key, @operation, @bodyMac, @status, @resourceId, @now)
        """;

    public static Task<int> KeepAsync(Work work, ReplayKey request, Done done, CancellationToken cancellation) => work.ExecuteAsync(KeepSql, new
    {
        callerId = request.CallerId,
        key = request.Key,
        operation = request.Operation,
        bodyMac = request.BodyMac,
        status = done.Status,
        resourceId = done.ResourceId,
    }, cancellation);

    private sealed record Row
    {
        public required string Operation { get; init; }
        public required byte[] BodyMac { get; init; }
        public required int Status { get; init; }
        public Guid? ResourceId { get; init; }
    }
}
