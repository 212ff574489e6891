module mokuteki

go 1.19
