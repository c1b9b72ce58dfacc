using PyBase.Storage.Postgres;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddPyBaseApi();
builder.ListenUnlessTold("http://localhost:8000");

var app = builder.Build();
if (args.Contains("--migrate"))
{
    await app.Services.GetRequiredService<DatabaseUpgrade>().RunAsync(app.Lifetime.ApplicationStopping);
    return;
}
app.MapDefaultEndpoints();
app.MapPyBaseApi();
app.Run();
