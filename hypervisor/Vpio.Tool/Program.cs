Console.WriteLine("vpio");
