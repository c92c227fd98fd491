using NationalReferral;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddReferralApi();

var app = builder.Build();
if (await app.RunCommandAsync(args) is { } code)
{
    return code;
}
if (args.Contains(DemoStart.ResetFlag))
{
    DemoStart.Reset(app);
}
app.MapReferralApi();
await app.ReadyAsync();
await app.RunAsync();
return 0;
