var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddPyBaseRealtime();
builder.ListenUnlessTold("http://localhost:8001");

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapPyBaseRealtime();
app.Run();
