var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddPyBaseWorkers();
if (builder.Configuration["urls"] is null)
    builder.WebHost.UseUrls("http://localhost:8002");

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapPyBaseWorkers();
app.Run();
