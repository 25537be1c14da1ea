using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.Hostile.Attacks;

/// <summary>Makes every call there is, and some that there are not, with arguments that are right, almost right, extreme or random.</summary>
internal sealed class RandomCalls() : Attack("random-calls", "all operations and unknown ones; random, extreme, almost right and missing arguments")
{
    public override void Strike(Assault assault)
    {
        HostileNumbers numbers = new(assault);
        while (assault.GoesOn)
            CallOnce(assault, numbers);
    }

    /// <summary>Makes one call.</summary>
    public static void CallOnce(Assault assault, HostileNumbers numbers)
    {
        uint cmd = numbers.Command();
        if (assault.Random.Next(500) == 0)
        {
            assault.CallWithNull(cmd);
            return;
        }

        DeviceOpArgument argument = numbers.ArgumentOf((DeviceOp)cmd);
        assault.Call(cmd, ref argument);
    }
}
