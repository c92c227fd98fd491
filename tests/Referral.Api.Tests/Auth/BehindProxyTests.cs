using System.Net;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace NationalReferral.Platform;

/// <summary>As in production: TLS ends at a proxy, the product hears plain http from it and is known by another name.</summary>
public sealed class BehindProxyTests
{
    private const string Email = "sana@shelter.example";
    private static readonly (string, string)[] Settings = [("Identity:Issuer", "https://nrs.example/"), ("Proxy:TerminatesTls", "true")];

    [Test]
    public async Task Signing_in_works_and_every_cookie_is_bound_to_the_host()
    {
        await using var host = await AuthHost.StartAsync(settings: Settings);
        await host.WorkerAsync(Email, (await host.AgencyAsync("Shelter"), "caseworker"));
        using var browser = new SecureBrowser(host.Address);

        var start = await browser.GoAsync("/web/signin?return=/cases&lang=ur");
        var authorize = await browser.GoAsync(start.Location!);
        var page = await browser.GoAsync(authorize.Location!);
        var token = WebUtility.HtmlDecode(Regex.Match(page.Body, "name=\"form-token\" value=\"([^\"]+)\"").Groups[1].Value);
        var signedIn = await browser.GoAsync(authorize.Location!, ("form-token", token), ("email", Email), ("password", AuthHost.Password));
        var coded = await browser.GoAsync(signedIn.Location!);
        var last = await browser.GoAsync(coded.Location!);
        var cases = await browser.GoAsync("/api/v1/victims");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(start.Location, Does.StartWith("https://nrs.example/connect/authorize"));
            Assert.That(page.Body, Does.Contain("lang=\"ur\" dir=\"rtl\""), "the client's language is kept");
            Assert.That(last.Location, Is.EqualTo("/cases"), last.Body);
            Assert.That(cases.Status, Is.EqualTo(HttpStatusCode.OK), cases.Body);
            Assert.That(browser.Cookies, Does.ContainKey("__Host-nrs").And.ContainKey("__Host-nrs-device"));
            Assert.That(browser.Set, Has.All.Contains("; secure").And.All.Contains("; httponly"));
        }
    }

    [Test]
    public async Task Without_the_proxy_nobody_gets_in_over_plain_http()
    {
        await using var host = await AuthHost.StartAsync(settings: Settings);
        using var browser = host.Browser().Client;
        using var answer = await browser.GetAsync("/.well-known/openid-configuration");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    /// <summary>Browser and proxy in one: keeps secure cookies, passes requests on as plain http with the proxy's headers.</summary>
    private sealed class SecureBrowser(Uri address) : IDisposable
    {
        private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };

        public Dictionary<string, string> Cookies { get; } = [];

        public List<string> Set { get; } = [];

        public async Task<(HttpStatusCode Status, string? Location, string Body)> GoAsync(string url, params (string Name, string Value)[] form)
        {
            var path = url.StartsWith('/') ? url : new Uri(url).PathAndQuery;
            using var request = new HttpRequestMessage(form.Length > 0 ? HttpMethod.Post : HttpMethod.Get, path);
            request.Headers.Host = "nrs.example";
            request.Headers.Add("X-Forwarded-Proto", "https");
            request.Headers.Add("X-Forwarded-For", "203.0.113.9");
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            request.Content = form.Length > 0 ? new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value))) : null;
            using var answer = await _client.SendAsync(request);
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            {
                Set.Add(cookie);
                var pair = cookie.Split(';')[0].Split('=', 2);
                Cookies[pair[0]] = pair[1];
            }
            return (answer.StatusCode, answer.Headers.Location?.OriginalString, await answer.Content.ReadAsStringAsync());
        }

        public void Dispose() => _client.Dispose();
    }
}
