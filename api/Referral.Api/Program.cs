using NationalReferral;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddReferralApi();

var app = builder.Build();
if (await app.RunCommandAsync(args) is { } code)
{
    return code;
}
app.MapReferralApi();
await app.ReadyAsync();
await app.RunAsync();
return 0;
