using System.Diagnostics;

namespace Vpio.Package.Tests;

/// <summary>Does what README.md asks of somebody who has an empty folder, and the SDK, and nothing of ours.</summary>
internal sealed class FirstFiveMinutesTests
{
    private const int Lines = 35;

    // The first command is what the tests have done already, for each package by itself.
    [Test]
    public void TheFileAboveTheDriversTellsWhereThePackagesAre()
    {
        string[] commands = ReadmeDriver.PackageCommands();
        Assert.That(commands[0], Is.EqualTo("dotnet pack Vpio.sln -c Release -o artifacts"));
        string checkout = PackedTree.Feed.NewFolder("checkout");
        foreach (string command in commands[1..])
            PackedTree.Feed.Dotnet.Run(checkout, "dotnet", [.. command.Split(' ')[1..].Select(argument => argument.Trim('"').Replace("$PWD", checkout))]);
        string drivers = Path.Combine(checkout, "..", "drivers");
        Assert.That(PackedTree.Feed.Dotnet.Run(drivers, "dotnet", "nuget", "list", "source"), Does.Contain(Path.Combine(checkout, "artifacts")));
    }

    [Test]
    public void TheDriverOfTheReadmeSendsItsFrames()
    {
        ReadmeDriver driver = ReadmeDriver.Load();
        Assert.That(driver.Code.Split('\n').Count(line => line.Trim().Length > 0), Is.LessThanOrEqualTo(Lines), "A first driver is a short one.");
        Dotnet author = PackedTree.Feed.WithCleanCache("cache-of-the-first-driver");
        string folder = PackedTree.Feed.NewFolder("first-driver");

        string said = "";
        long start = Stopwatch.GetTimestamp();
        foreach (string command in driver.Commands.Append("dotnet run"))
        {
            if (command == "dotnet run")
                File.WriteAllText(Path.Combine(folder, "Program.cs"), driver.Code);
            long began = Stopwatch.GetTimestamp();
            said = author.Run(folder, "dotnet", command.Split(' ')[1..]);
            TestContext.Out.WriteLine($"{Stopwatch.GetElapsedTime(began).TotalSeconds,5:f1} s  {command}");
        }

        TestContext.Out.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalSeconds,5:f1} s  {driver.Commands.Length + 1} commands, from an empty folder to the first frame");
        Assert.That(said.TrimEnd(), Is.EqualTo(driver.Output), "Warnings would stand before it.");
    }
}
