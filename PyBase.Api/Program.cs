using PyBase.Storage.Files;
using PyBase.Storage.Postgres;
using PyBase.Storage.Shards;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddPyBaseApi();
builder.ListenUnlessTold("http://localhost:8000");

var app = builder.Build();
if (args.Contains("--migrate"))
{
    await app.Services.GetRequiredService<DatabaseUpgrade>().RunAsync(app.Lifetime.ApplicationStopping);
    return 0;
}
if (FileMove.Wanted(args) is { } intoBucket)
    return await app.Services.GetRequiredService<FileMove>().RunAsync(intoBucket, Console.Out, app.Lifetime.ApplicationStopping);
if (BaseMove.Wanted(args) is { } move)
    return await app.Services.GetRequiredService<BaseMove>().RunAsync(move, Console.Out, app.Lifetime.ApplicationStopping);
app.MapDefaultEndpoints();
app.MapPyBaseApi();
app.Run();
return 0;
