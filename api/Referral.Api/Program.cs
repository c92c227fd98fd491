using NationalReferral;

// Settings are read once: a watcher over the content root would be woken by every write to the database beside them.
var builder = WebApplication.CreateSlimBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);
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
