using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Running;
using PyBase.Benchmarks.Extraction;
using PyBase.Benchmarks.Load;
using PyBase.Benchmarks.Scaling;
using PyBase.Benchmarks.Tables;
using PyBase.Tests.Extraction.Fuzz;

if (args is ["tables", .. var options])
    await TableBenchmarks.RunAsync(options);
else if (args is ["capacity", .. var how])
    await Capacity.RunAsync(how);
else if (args is ["scaling-plots", var images])
    ScalingPlots.Run(images);
else if (args is ["load", var part, .. var sizes])
    await LoadBenchmarks.RunAsync(part, sizes);
else if (args is ["extraction", var files, .. var only])
    ExtractionBenchmarks.Run(files, only);
else if (args is ["fuzz", var format, var count, var seed, var folder, var from])
    Environment.ExitCode = FuzzRun.Run(format, int.Parse(from, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture), int.Parse(seed, CultureInfo.InvariantCulture), folder) == 0 ? 0 : 1;
else if (args is ["fuzz-child", var name, var first, var end, var start])
    FuzzRun.Child(name, int.Parse(first, CultureInfo.InvariantCulture), int.Parse(end, CultureInfo.InvariantCulture), int.Parse(start, CultureInfo.InvariantCulture));
else if (args is ["fuzz-file", var reader, var path])
    FuzzRun.File(reader, path);
else
    BenchmarkSwitcher.FromAssembly(Assembly.GetExecutingAssembly()).Run(args);
