using NationalReferral;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddReferralApi();

var app = builder.Build();
app.MapReferralApi();
await app.ReadyAsync();
await app.RunAsync();
