using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>
/// Requests that cannot be read, for every operation: the answer is 4xx and names the place, never 500. A persona with every
/// role and scope asks, so that no permission hides a hole.
/// </summary>
public sealed class BadRequestTests
{
    private TestApp _app = null!;

    public static IEnumerable<PublishedOperation> WithBody => PublishedOperations.All.Where(operation => operation.BodyShape is not null);

    public static IEnumerable<PublishedOperation> WithId => PublishedOperations.All.Where(operation => operation.Path.Contains("{id}", StringComparison.Ordinal));

    public static IEnumerable<PublishedOperation> WithQuery => PublishedOperations.All.Where(operation => operation.Query.Count > 0);

    [OneTimeSetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [TestCaseSource(nameof(WithBody))]
    public async Task A_body_that_is_no_JSON_is_said_to_be_none(PublishedOperation operation)
    {
        foreach (var body in new[] { "{", "nonsense", "{\"a\":}", "[1,", "\u200f{}" })
        {
            await RefusesAsync(operation, Encoding.UTF8.GetBytes(body), body);
        }
        await RefusesAsync(operation, [(byte)'{', (byte)'"', 0xff, 0xfe, (byte)'"', (byte)':', (byte)'1', (byte)'}'], "invalid UTF-8");
        await RefusesAsync(operation, Encoding.UTF8.GetBytes("[]"), "an array");
        if (PublishedOperations.NeedsBody(operation))
        {
            await RefusesAsync(operation, [], "nothing");
            await RefusesAsync(operation, Encoding.UTF8.GetBytes("null"), "null");
        }
    }

    [TestCaseSource(nameof(WithBody))]
    public async Task An_unknown_member_is_named(PublishedOperation operation)
    {
        var problem = await RefusesAsync(operation, Encoding.UTF8.GetBytes("{\"نامعلوم🙂\":1}"), "unknown member");

        Assert.That(Pointers(problem), Has.Some.EqualTo("/نامعلوم🙂"));
    }

    [TestCaseSource(nameof(WithBody))]
    public async Task A_member_of_the_wrong_type_is_named(PublishedOperation operation)
    {
        foreach (var member in PublishedOperations.Schema(operation.BodyShape!).GetProperty("properties").EnumerateObject())
        {
            var wrong = new JsonObject { [member.Name] = Wrong(member.Value) };
            var problem = await RefusesAsync(operation, Encoding.UTF8.GetBytes(wrong.ToJsonString()), member.Name);
            Assert.That(Pointers(problem), Has.Some.StartsWith($"/{member.Name}").Or.Some.Not.Empty, member.Name);
        }
    }

    [TestCaseSource(nameof(WithBody))]
    public async Task Ten_megabytes_are_too_many(PublishedOperation operation)
    {
        // A client that asks before it sends: one that does not may wait long for a server that reads no more of it.
        using var response = await SendAsync(operation, new byte[10 * 1024 * 1024], asks: true);

        Assert.That((int)response.StatusCode, Is.EqualTo(413));
        Assert.That((await BodyAsync(response)).GetProperty("code").GetString(), Is.EqualTo("too_large"));
    }

    [TestCaseSource(nameof(WithQuery))]
    public async Task A_parameter_that_cannot_be_read_is_named(PublishedOperation operation)
    {
        foreach (var parameter in operation.Query.Where(name => name is "cursor" or "limit"))
        {
            foreach (var value in new[] { "%F0%9F%99%82", "-1", "99999999999", "a%00b" })
            {
                using var response = await Everybody().SendAsync(operation.Method, $"{operation.WithRandomIds()}?{parameter}={value}");
                Assert.That((int)response.StatusCode, Is.EqualTo(400), $"{parameter}={value}");
                Assert.That(Pointers(await BodyAsync(response)), Has.Some.EqualTo(parameter));
            }
        }
    }

    [TestCaseSource(nameof(WithId))]
    public async Task An_id_that_cannot_be_one_is_unknown(PublishedOperation operation)
    {
        foreach (var id in new[] { "1", "%D8%A2%D9%85%D9%86%DB%81", "..%2f..", "%F0%9F%99%82", new string('a', 300) })
        {
            using var response = await Everybody().SendAsync(operation.Method, operation.Filled(_ => id), operation.BodyShape is null ? null : "{}");
            Assert.That((int)response.StatusCode, Is.InRange(400, 499), id);
        }
    }

    private HttpClient Everybody() => _app.As(World.Omnipotent);

    private async Task<HttpResponseMessage> SendAsync(PublishedOperation operation, byte[] body, bool asks = false)
    {
        using var request = new HttpRequestMessage(operation.Method, $"/api/v1{operation.WithRandomIds()}") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.ExpectContinue = asks;
        return await Everybody().SendAsync(request);
    }

    private async Task<JsonElement> RefusesAsync(PublishedOperation operation, byte[] body, string what)
    {
        using var response = await SendAsync(operation, body);
        var problem = await BodyAsync(response);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(400).Or.EqualTo(415), $"{what}: {problem}");
            Assert.That(operation.Statuses, Does.Contain("400"), "The contract does not say that this operation answers 400.");
        }
        return problem;
    }

    private static async Task<JsonElement> BodyAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }

    private static IEnumerable<string> Pointers(JsonElement problem) =>
        problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty("errors", out var errors)
            ? errors.EnumerateArray().Select(error => error.GetProperty("pointer").GetString()!)
            : [];

    /// <summary>An object where anything else is expected; a text where an object is.</summary>
    private static JsonNode Wrong(JsonElement schema) =>
        schema.TryGetProperty("$ref", out _) ? JsonValue.Create("wrong") : new JsonObject { ["wrong"] = true };
}
