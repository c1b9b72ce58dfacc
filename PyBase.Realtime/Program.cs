var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddPyBaseRealtime();
if (builder.Configuration["urls"] is null)
    builder.WebHost.UseUrls("http://localhost:8001");

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapPyBaseRealtime();
app.Run();
