var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddPyBaseWorkers();
builder.ListenUnlessTold("http://localhost:8002");

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapPyBaseWorkers();
app.Run();
