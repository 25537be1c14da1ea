using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;
using Vpio.Programs;

namespace Vpio.CGuest.Tests.Processes;

/// <summary>Lets guests have children, also such as are the hypervisor's by the kernel's book, and looks that none is left.</summary>
[Platform(Include = "Linux", Reason = "Guests in processes of their own need Linux.")]
internal sealed class ChildrenTests
{
    private const string Program = """
        #define _GNU_SOURCE
        #include <sched.h>
        #include <signal.h>
        #include <stdlib.h>
        #include <sys/syscall.h>
        #include <unistd.h>
        int main(int argc, char **argv)
        {
            int i;
            long flags = SIGCHLD | (argc > 1 && atoi(argv[1]) != 0 ? CLONE_PARENT : 0);
            for (i = 0; i < 20; i++) {
                if (syscall(SYS_clone, flags, 0L, 0L, 0L, 0L) == 0) {
                    if (i % 2 == 0)
                        _exit(0);
                    for (;;)
                        (void)pause();
                }
            }
            return 5;
        }

        """;

    [TestCase("0", TestName = "ChildrenOfAGuestEndWithIt")]
    [TestCase("1", TestName = "ChildrenThatAGuestMakesItsHypervisorsEndWithItAndAreNoZombies")]
    public void WhatAGuestStartedEndsWithIt(string areTheHypervisors)
    {
        InstalledProgram.Demand("gcc");
        string source = Path.Combine(CProgram.Folder, $"children{areTheHypervisors}.c");
        File.WriteAllText(source, Program);
        string program = CProgram.Compile("gcc", Path.ChangeExtension(source, null), source);
        using ReferenceHypervisor hypervisor = new();
        Guest guest = hypervisor.AddGuest(new GuestCommand(program, [areTheHypervisors]));
        guest.Process!.Start();
        Assert.That(guest.Process.Ended.Wait(TimeSpan.FromSeconds(30)));
        Assert.That(guest.Process.Exit, Is.EqualTo(new GuestExit(5, null)));
        Assert.That(() => InGroup(guest.Process.Id), Is.Empty.After(10_000, 10), "the kernel buries those that have no parent");
    }

    // A line of stat is: number, (name), state, parent, group. Zombies have one too.
    private static string[] InGroup(int group) => [.. Directory.EnumerateDirectories("/proc").Select(StatOf).Where(stat => stat.Split(' ') is [_, _, { } its, ..] && its == $"{group}")];

    private static string StatOf(string folder)
    {
        try
        {
            string stat = File.ReadAllText(Path.Combine(folder, "stat"));
            return stat[(stat.LastIndexOf(')') + 2)..];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return string.Empty; // No process, or no more.
        }
    }
}
