using System.Net.Http.Headers;

namespace NationalReferral.Tests;

/// <summary>Sends files as what they are.</summary>
internal static class Attaching
{
    /// <param name="client">Who sends it.</param>
    /// <param name="victim">Whose case.</param>
    /// <param name="file">Its bytes.</param>
    /// <param name="about">The rest of the address: "?shows=photo".</param>
    /// <param name="key">To send it twice without harm.</param>
    public static Task<HttpResponseMessage> AttachAsync(this HttpClient client, Guid victim, byte[] file, string about = "", string? key = null) =>
        client.SendFileAsync($"/victims/{victim}/attachments{about}", file, key);

    public static async Task<HttpResponseMessage> SendFileAsync(this HttpClient client, string path, byte[] file, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1{path}") { Content = new ByteArrayContent(file) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        // A server that will not read all of it says so before it is sent.
        request.Headers.ExpectContinue = true;
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }
        return await client.SendAsync(request);
    }
}
