using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using NationalReferral.Platform;
using NUnit.Framework;
using Swashbuckle.AspNetCore.Swagger;

namespace NationalReferral.Tests;

public sealed class OpenApiTests
{
    private TestApp _app = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task The_committed_contract_is_what_the_code_says()
    {
        var document = _app.Services.GetRequiredService<ISwaggerProvider>().GetSwagger(ContractSetup.Document);
        var text = await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);

        Contracts.Golden("referral.v1.json", text.ReplaceLineEndings("\n") + "\n");
    }

    [Test]
    public void The_list_of_problems_is_what_the_code_says() =>
        Contracts.Golden("problems.md", Problems.Page(_app.Services.GetRequiredService<EndpointDataSource>()));

    [Test]
    public void Every_problem_has_one_code_and_a_sentence()
    {
        Assert.That(Problems.Registry.Select(kind => kind.Code), Is.Unique);
        Assert.That(Problems.Registry.Select(kind => kind.Code).Except(Sentences.Codes), Is.Empty);
    }
}
